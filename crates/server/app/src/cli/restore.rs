//! `knock restore`: a data directory from a backup.

use crate::clock::SystemClock;
use crate::config::Config;
use crate::data::backup::{self, POSTGRES};
use crate::terminal::say;
use anyhow::ensure;
use clap::Args;
use knock_ports::Clock;
use std::path::PathBuf;

/// Make a data directory (--data) from a backup
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The file written by `knock backup`
    file: PathBuf,
    /// Move the present contents of the data directory aside
    #[arg(long)]
    force: bool,
}

impl Restore {
    /// Restores; prints the instant of the backup, where the previous contents are, and that nothing is sent.
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        ensure!(config.database.is_empty(), POSTGRES);
        let restored = backup::restore(&self.file, &config.data, self.force, SystemClock.now())?;
        let as_of = jiff::Timestamp::from_millisecond(restored.made_at.0).map(|at| at.to_string()).unwrap_or_default();
        say(&format!("{} is as of {as_of}", config.data.display()));
        if let Some(aside) = restored.aside {
            say(&format!("what was there before is in {}", aside.display()));
        }
        say("nothing is sent from it until an admin releases it, or `knock serve --outbound`");
        Ok(())
    }
}
