//! `knock login-link`: a sign-in link for the first start and after a lock-out.

use crate::config::Config;
use crate::control::{AdminCommand, Answer, run_admin_command};
use crate::terminal::{remark, say};
use clap::Args;

/// Print a one-time sign-in link.
#[derive(Debug, Args)]
pub(crate) struct LoginLink {
    /// The address of the member; the first admin when absent
    #[arg(long)]
    email: Option<String>,
}

impl LoginLink {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        match run_admin_command(config, AdminCommand::LoginLink { email: self.email.clone() })? {
            Answer::LoginLink { url, email } => {
                say(url.reveal());
                remark(&format!("signs in {email}, once, within an hour"));
                Ok(())
            }
            other => other.not_expected(),
        }
    }
}
