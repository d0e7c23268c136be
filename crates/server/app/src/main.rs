//! The `knock` binary.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    knock::run(&knock::Cli::parse())
}
