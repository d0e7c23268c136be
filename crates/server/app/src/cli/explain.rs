//! `knock explain`: the domain as a command.

use crate::terminal::say;
use anyhow::Context;
use clap::{Args, ValueEnum};
use knock_cases::{Subject, explain};
use std::io::Read;
use std::path::PathBuf;

/// Answer a case.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The subject to explain
    subject: Word,
    /// The case or the file of cases; standard input when absent
    file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    Intent,
    Routing,
    Status,
    Slots,
    Workflow,
}

impl Explain {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let mut document = String::new();
        match &self.file {
            Some(file) => {
                document = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
            }
            None => drop(std::io::stdin().read_to_string(&mut document).context("reading standard input")?),
        }
        let subject = match self.subject {
            Word::Intent => Subject::Intent,
            Word::Routing => Subject::Routing,
            Word::Status => Subject::Status,
            Word::Slots => Subject::Slots,
            Word::Workflow => Subject::Workflow,
        };
        say(&serde_json::to_string_pretty(&explain(subject, &document)?)?);
        Ok(())
    }
}
