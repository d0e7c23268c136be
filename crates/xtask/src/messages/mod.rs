//! `train` and `eval`: the model that reads chat messages, made from own first messages and measured on others.

mod compare;
mod eval;
mod fit;
mod foreign;
mod labels;
mod measures;
mod openers;
mod pack;
mod recipe;
mod train;

use std::path::PathBuf;

use clap::Args;

#[derive(Args)]
pub(crate) struct Train {
    /// Print what other recipes reach on the development part instead
    #[arg(long)]
    compare: bool,
    /// Print the messages of the development part that a fit without them gets wrong instead
    #[arg(long)]
    errors: bool,
}

#[derive(Args)]
pub(crate) struct Eval {
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

pub(crate) fn train(command: &Train) -> anyhow::Result<()> {
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

pub(crate) fn eval(command: &Eval) -> anyhow::Result<()> {
    if let Some(file) = &command.blind {
        return labels::write_blind(file);
    }
    if let Some(file) = &command.labels {
        return labels::store(file);
    }
    eval::print(&openers::Split::load()?, command.data.as_deref())
}
