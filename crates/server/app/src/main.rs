//! The `knock` binary.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A reader is started for each file and each calendar: it does without everything else.
    knock::as_reader(std::env::args()).unwrap_or_else(|| knock::run(&knock::Cli::parse()))
}
