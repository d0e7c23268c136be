//! `knock api-key`: keys for programs.

use crate::api_keys::{MAX_INTEGRATION, MAX_NAME, integration_name};
use crate::config::Config;
use crate::control::{AdminCommand, Answer, KeyAuthorWord, run_admin_command};
use crate::terminal::say;
use anyhow::{Context, ensure};
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use knock_model::{Millis, Role};
use knock_wire::ApiKeyRow;

/// Manage API keys.
#[derive(Debug, Args)]
pub(crate) struct ApiKey {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Create a key and print it; it is shown this once
    Create {
        /// The role of the key
        #[arg(long)]
        role: Word,
        /// The purpose of the key
        #[arg(long, default_value = "")]
        name: String,
        /// The instant from which on it is no longer valid, such as 2027-01-31T00:00:00Z; never by default
        #[arg(long, value_name = "INSTANT")]
        ends: Option<Timestamp>,
        /// The address of the member who writes with it
        #[arg(long, value_name = "EMAIL", conflicts_with = "integration")]
        member: Option<String>,
        /// The name of the integration that writes with it, such as Zapier
        #[arg(long, value_name = "NAME")]
        integration: Option<String>,
    },
    /// List all keys, without their secrets
    List,
    /// Revoke a key: it is invalid at once
    Revoke {
        /// The id, as `list` shows it
        id: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    /// All permissions of an admin
    Admin,
    /// All permissions of a manager
    Manager,
    /// All permissions of a rep; writing to leads needs --member or --integration
    Rep,
    /// Send signals without an origin
    Ingest,
}

impl ApiKey {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        match run_admin_command(config, self.command()?)? {
            Answer::ApiKey(created) => say(created.key.reveal()),
            Answer::ApiKeys(list) => say(&table(&list.keys)),
            Answer::Done => say("revoked"),
            other => return other.not_expected(),
        }
        Ok(())
    }

    fn command(&self) -> anyhow::Result<AdminCommand> {
        Ok(match &self.action {
            Action::Create { role, name, ends, member, integration } => {
                let name = name.trim().to_owned();
                let is_short = name.chars().count() <= MAX_NAME && !name.chars().any(char::is_control);
                ensure!(is_short, "--name must have at most {MAX_NAME} characters, on one line");
                let (role, ends_at) = (role.role(), ends.map(|end| Millis(end.as_millisecond())));
                let author = author(member.as_deref(), integration.as_deref())?;
                ensure!(author.is_none() || role != Role::Ingest, "a key of the role ingest writes nothing");
                AdminCommand::ApiKey { role, name, ends_at, author }
            }
            Action::List => AdminCommand::ApiKeys,
            Action::Revoke { id } => AdminCommand::RevokeApiKey { id: id.clone() },
        })
    }
}

/// Who is to write with a new key.
fn author(member: Option<&str>, integration: Option<&str>) -> anyhow::Result<Option<KeyAuthorWord>> {
    if let Some(name) = integration {
        let name = integration_name(name);
        let name = name.with_context(|| format!("--integration must have 1 to {MAX_INTEGRATION} characters"))?;
        return Ok(Some(KeyAuthorWord::Integration(name)));
    }
    Ok(member.map(|email| KeyAuthorWord::Member(email.to_owned())))
}

impl Word {
    const fn role(self) -> Role {
        match self {
            Word::Admin => Role::Admin,
            Word::Manager => Role::Manager,
            Word::Rep => Role::Rep,
            Word::Ingest => Role::Ingest,
        }
    }
}

/// A line for each key.
fn table(keys: &[ApiKeyRow]) -> String {
    let line = |id: &str, role: &str, used: &str, ends: &str, name: &str| {
        format!("{id:<32}  {role:<8} {used:<20}  {ends:<20}  {name}")
    };
    let mut lines = vec![line("id", "role", "last use", "ends", "name, created by")];
    for key in keys {
        let by = if key.created_by.is_empty() { "command line" } else { &key.created_by };
        let used = key.used_at.map_or_else(|| "never".into(), instant);
        let ends = key.ends_at.map_or_else(|| "never".into(), instant);
        let ends = if key.has_ended { format!("{ends} (over)") } else { ends };
        let of = key.author.as_ref().map(|author| format!(", writes as {}", author.name)).unwrap_or_default();
        lines.push(line(&key.id, &key.role.spelling(), &used, &ends, &format!("{}, {by}{of}", key.name)));
    }
    lines.join("\n")
}

fn instant(at: Millis) -> String {
    let instant = Timestamp::from_millisecond(at.0).context("a key from beyond the calendar");
    instant.map_or_else(|error| error.to_string(), |instant| instant.strftime("%Y-%m-%d %H:%M UTC").to_string())
}
