//! `knock backup`: the database and the files that belong to it, in one file.

use crate::clock::TestClock;
use crate::config::Config;
use crate::control::{AdminCommand, Answer, ask_server, require_workspace};
use crate::data::backup::{self, POSTGRES};
use crate::data::directory::DataDir;
use crate::terminal::say;
use anyhow::{Context, ensure};
use clap::Args;
use knock_ports::Clock;
use std::path::{Path, PathBuf};

/// Back up the database and the secret of the data directory, while the server runs or not
#[derive(Debug, Args)]
pub(crate) struct BackUp {
    /// A file that does not exist yet, or a directory for one named after the instant
    #[arg(value_name = "FILE|DIR")]
    to: PathBuf,
}

impl BackUp {
    /// Backs up and prints the path of the backup.
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        ensure!(config.database.is_empty(), POSTGRES);
        // The server may run in another directory.
        let to = std::path::absolute(&self.to).context("finding the file")?;
        let answer = match ask_server(config, &AdminCommand::Backup { to: to.clone() })? {
            Some(answer) => answer,
            None => {
                require_workspace(config)?;
                offline(&config.data, &to)?
            }
        };
        match answer {
            Answer::BackedUp { file, bytes } => {
                say(&format!("{} ({bytes} bytes)", file.display()));
                Ok(())
            }
            other => other.not_expected(),
        }
    }
}

/// Backs up without a server. The database is not opened as a server opens it, so it is not migrated.
fn offline(data: &Path, to: &Path) -> anyhow::Result<Answer> {
    let data = DataDir::open(data)?;
    let now = TestClock::open(data.path())?.now();
    Answer::of_backup(backup::back_up(data.path(), to, now)?)
}
