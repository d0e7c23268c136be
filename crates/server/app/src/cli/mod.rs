//! The command line.

mod api_key;
mod backtest;
mod backup;
mod explain;
mod export;
mod login_link;
mod migrate;
mod person;
mod reader;
mod rebuild;
mod report;
mod restore;
mod serve;

pub use reader::as_reader;

use crate::config::{Config, Place};
use crate::data::modes::keep_new_files_private;
use crate::terminal::remark;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Website chat and lead scoring that you host yourself.
#[derive(Debug, Parser)]
#[command(name = "knock", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(serve::Serve),
    /// Print a one-time sign-in link for an admin
    LoginLink(login_link::LoginLink),
    /// Make an API key
    ApiKey(api_key::ApiKey),
    /// Drop all derived values and compute them again from the stored facts
    Rebuild,
    /// Move a workspace from SQLite to PostgreSQL
    Migrate(migrate::Migrate),
    Backup(backup::BackUp),
    Restore(restore::Restore),
    Backtest(backtest::BackTest),
    Report(report::Reporting),
    Export(export::Export),
    Erase(person::Erase),
    /// Answer a case given as JSON: the decision of the product, and its reasons
    Explain(explain::Explain),
}

/// Runs a command; an error is one line on standard error and exit code 2.
pub fn run(cli: &Cli) -> ExitCode {
    keep_new_files_private();
    let done = match &cli.command {
        Command::Explain(explain) => explain.run(),
        Command::Serve(serve) => load(cli).and_then(|config| serve.run(config)),
        Command::LoginLink(link) => load(cli).and_then(|config| link.run(&config)),
        Command::ApiKey(key) => load(cli).and_then(|config| key.run(&config)),
        Command::Migrate(migrate) => migrate.run(),
        Command::Rebuild => load(cli).and_then(|config| rebuild::run(&config)),
        Command::Backup(backup) => load(cli).and_then(|config| backup.run(&config)),
        Command::Backtest(backtest) => load(cli).and_then(|config| backtest.run(&config)),
        Command::Report(report) => load(cli).and_then(|config| report.run(&config)),
        Command::Export(export) => load(cli).and_then(|config| export.run(&config)),
        Command::Erase(erase) => load(cli).and_then(|config| erase.run(&config)),
        Command::Restore(restore) => load(cli).and_then(|config| restore.run(&config)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

fn load(cli: &Cli) -> anyhow::Result<Config> {
    Config::load(&cli.place)
}

fn complain(error: &anyhow::Error) {
    remark(&format!("{error:#}"));
}
