//! `knock export`: the stored data of one person, or all tables as files for a warehouse.

use crate::config::Config;
use crate::control::{AdminCommand, Answer, run_admin_command};
use crate::terminal::say;
use crate::warehouse::{FolderAsk, FolderTable};
use anyhow::{Context, bail};
use clap::Args;
use std::path::{Path, PathBuf};

/// Print all stored data of a person as JSON, or write all tables as Parquet files
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The address of the person
    #[arg(long, value_name = "EMAIL", required_unless_present = "parquet", conflicts_with = "parquet")]
    person: Option<String>,
    /// The folder for the files, one for each table and day; those of an earlier export stay where they cannot have changed
    #[arg(long, value_name = "DIR")]
    parquet: Option<PathBuf>,
    /// Only this table, such as signals; may be repeated
    #[arg(long = "table", value_name = "TABLE", requires = "parquet")]
    tables: Vec<String>,
    /// The first day by UTC, such as 2026-11-01; by default the first of all
    #[arg(long, value_name = "DAY", requires = "parquet")]
    from: Option<String>,
    /// The last day, which counts too; by default today
    #[arg(long, value_name = "DAY", requires = "parquet")]
    to: Option<String>,
    /// Write all files anew, as after an erasure
    #[arg(long, requires = "parquet")]
    again: bool,
}

impl Export {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        match (&self.parquet, &self.person) {
            (Some(folder), _) => self.write(config, folder),
            (None, Some(person)) => print(config, person.clone()),
            (None, None) => bail!("neither a person nor a folder is given"),
        }
    }

    fn write(&self, config: &Config, folder: &Path) -> anyhow::Result<()> {
        let ask = FolderAsk {
            // The server may run in another directory.
            folder: std::path::absolute(folder).context("finding the folder")?,
            tables: self.tables.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            again: self.again,
        };
        match run_admin_command(config, AdminCommand::ExportFolder(ask))? {
            Answer::ExportedTables(tables) => {
                tables.iter().for_each(|table| say(&line(table)));
                Ok(())
            }
            other => other.not_expected(),
        }
    }
}

fn print(config: &Config, email: String) -> anyhow::Result<()> {
    match run_admin_command(config, AdminCommand::Export { email })? {
        Answer::Exported { document } => {
            say(&serde_json::to_string_pretty(&document)?);
            Ok(())
        }
        other => other.not_expected(),
    }
}

fn line(done: &FolderTable) -> String {
    let FolderTable { table, rows, written, kept, removed } = done;
    format!("{table}: {rows} rows in {written} files; {kept} files kept, {removed} removed")
}
