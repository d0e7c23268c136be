//! The `knock` binary.

use clap::Parser;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A batch is hundreds of small texts, made by one thread and dropped by another: the system's allocator spends a tenth
/// of the server's time on them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    knock::run(&knock::Cli::parse())
}
