//! Measures the agent on sets of messages: taught answers, answers from pages, acts and languages.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks through its output")]

mod acts;
mod cost;
mod pages;
mod taught;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

/// The sets of the repository.
const SETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/eval/agent");

/// Named after the command that runs it.
#[derive(Parser)]
#[command(bin_name = "cargo xtask eval agent", about = "Measure the agent on sets of messages")]
struct Cli {
    /// Only this part
    part: Option<Part>,
    /// Another folder with sets
    #[arg(long, value_name = "DIR")]
    sets: Option<PathBuf>,
    /// Print each message that is not answered as expected
    #[arg(long)]
    errors: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Taught answers
    Taught,
    /// Answers from pages
    Pages,
    /// Acts and languages
    Acts,
    /// Time and memory of a large site; only where it is named
    Cost,
}

fn main() -> ExitCode {
    match measure(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(cli: &Cli) -> anyhow::Result<()> {
    let sets = cli.sets.as_deref().unwrap_or_else(|| Path::new(SETS));
    let is_wanted = |part| cli.part.is_none_or(|only| only == part);
    if is_wanted(Part::Taught) {
        taught::measure(sets, cli.errors)?;
    }
    if is_wanted(Part::Pages) {
        pages::measure(sets, cli.errors)?;
    }
    if is_wanted(Part::Acts) {
        acts::measure(sets, cli.errors)?;
    }
    if cli.part == Some(Part::Cost) {
        cost::measure(sets)?;
    }
    Ok(())
}
