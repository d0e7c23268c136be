//! The model that reads chat messages, trained on own first messages and measured on others.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks through its output")]

mod compare;
mod eval;
mod fit;
mod foreign;
mod labels;
mod measures;
mod openers;
mod pack;
mod places;
mod recipe;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Named after the command that runs it.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Train and measure the model that reads chat messages")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train the model, from tests/eval/messages
    Train(Train),
    /// Measure the model on the part of tests/eval/messages it was not trained on
    Eval(Eval),
}

#[derive(Args)]
struct Train {
    /// Print what other recipes reach on the development part instead
    #[arg(long)]
    compare: bool,
    /// Print the messages of the development part that a fit without them gets wrong instead
    #[arg(long)]
    errors: bool,
}

#[derive(Args)]
struct Eval {
    /// A folder with foreign sets of messages; none of them is part of the repository
    #[arg(long)]
    data: Option<PathBuf>,
    /// Only write all messages without their labels to FILE, for a second reader
    #[arg(long, value_name = "FILE")]
    blind: Option<PathBuf>,
    /// Only store the labels of a second reader, lines of `text` and `class`
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Train(command) => train(&command),
        Command::Eval(command) => eval(&command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn train(command: &Train) -> anyhow::Result<()> {
    let split = openers::Split::load()?;
    if command.compare {
        compare::compare(&split.development);
        return Ok(());
    }
    if command.errors {
        compare::errors(&split.development);
        return Ok(());
    }
    train::write(&split)
}

fn eval(command: &Eval) -> anyhow::Result<()> {
    if let Some(file) = &command.blind {
        return labels::write_blind(file);
    }
    if let Some(file) = &command.labels {
        return labels::store(file);
    }
    eval::print(&openers::Split::load()?, command.data.as_deref())
}
