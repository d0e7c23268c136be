//! `knock api-key`: keys for programs.

use crate::config::Config;
use crate::control::{Answer, Errand, run_errand};
use crate::terminal::say;
use clap::{Args, Subcommand, ValueEnum};
use knock_model::Role;

/// Manage API keys.
#[derive(Debug, Args)]
pub(crate) struct ApiKey {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a key and print it; it is shown this once
    Create {
        /// What it may do
        #[arg(long)]
        role: Word,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    /// All that an admin may
    Admin,
    /// All that a manager may
    Manager,
    /// All that a rep may, but write to leads: that needs a name
    Rep,
    /// Send signals without an origin
    Ingest,
}

impl ApiKey {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        let Action::Create { role } = &self.action;
        let role = match role {
            Word::Admin => Role::Admin,
            Word::Manager => Role::Manager,
            Word::Rep => Role::Rep,
            Word::Ingest => Role::Ingest,
        };
        match run_errand(config, Errand::ApiKey { role })? {
            Answer::ApiKey(created) => {
                say(created.key.reveal());
                Ok(())
            }
            other => other.not_expected(),
        }
    }
}
