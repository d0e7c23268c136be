//! `knock erase`: the stored data of one person.

use crate::config::Config;
use crate::control::{AdminCommand, Answer, run_admin_command};
use crate::terminal::{remark, say};
use anyhow::bail;
use clap::Args;

/// Erase all stored data of a person, permanently
#[derive(Debug, Args)]
pub(crate) struct Erase {
    /// The address of the person
    #[arg(long, value_name = "EMAIL")]
    person: String,
}

impl Erase {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        match run_admin_command(config, AdminCommand::Erase { email: self.person.clone() })? {
            Answer::Erased(erased) => {
                say(&format!(
                    "erased: {} signals of {} browsers, {} conversations with {} messages, {} files; {} signals of others no longer name them",
                    erased.signals,
                    erased.browsers,
                    erased.conversations,
                    erased.messages,
                    erased.files,
                    erased.elsewhere
                ));
                say(&format!("receipt: {}", erased.id));
                if let Some(reason) = erased.not_removed {
                    bail!("what is in their files may be left in the data directory until `knock rebuild`: {reason}");
                }
                if let Some(reason) = erased.not_scrubbed {
                    bail!("remains may be left in unused parts of the file until the next erasure: {reason}");
                }
                remark("backups made before still hold them");
                Ok(())
            }
            other => other.not_expected(),
        }
    }
}
