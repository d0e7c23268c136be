//! Admin commands: requests of the command line to a running server through the control socket, one JSON line each way.
//! Without a running server the same admin command runs on the database itself.

mod backup;
mod keys;
mod rebuild;
mod report;
mod warehouse;

pub(crate) use keys::KeyAuthorWord;

use crate::backtest::backtest;
use crate::config::Config;
use crate::context::AppContext;
use crate::data::directory::{DataDir, control_socket};
use crate::data::layout;
use crate::reports::ReportWords;
use crate::warehouse::{FolderAsk, FolderTable};
use anyhow::{Context, ensure};
use futures_util::stream::{FuturesUnordered, StreamExt};
use knock_context::new_secret;
use knock_engine::commands::{CreateLoginLink, Whose};
use knock_model::{Email, FileId, Millis, Role};
use knock_ports::{Actor, ApiKey};
use knock_store::PostgresStore;
use knock_wire::{ApiKeyCreated, ApiKeyList, Backtest, ErasureReceipt, RawSecret, Report};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AdminCommand {
    /// A one-time sign-in link.
    LoginLink {
        email: Option<String>,
    },
    /// A new API key.
    ApiKey {
        role: Role,
        #[serde(default)]
        name: String,
        #[serde(default)]
        ends_at: Option<Millis>,
        /// Who writes with it.
        #[serde(default)]
        author: Option<KeyAuthorWord>,
    },
    ApiKeys,
    /// An API key revoked, by its id.
    RevokeApiKey {
        id: String,
    },
    /// Drops all derived values and computes them again.
    Rebuild,
    /// A backup to a new file, or under a name of its own in a directory.
    Backup {
        to: PathBuf,
    },
    /// The backtest: how often leads qualified, by their score before.
    Backtest {
        days: u32,
    },
    /// A report, by its name.
    Report {
        name: String,
        words: Box<ReportWords>,
    },
    /// All tables as files for a warehouse.
    ExportFolder(FolderAsk),
    /// All stored data of a person.
    Export {
        email: String,
    },
    Erase {
        email: String,
    },
}

/// The result of an admin command.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// The link and the address of its member.
    LoginLink {
        url: RawSecret,
        email: String,
    },
    ApiKey(ApiKeyCreated),
    ApiKeys(ApiKeyList),
    /// Success without a result.
    Done,
    Rebuilt {
        recomputed: Vec<Recomputed>,
        leftovers: u64,
        /// Files without their content.
        #[serde(default)]
        damaged: Vec<FileId>,
    },
    BackedUp {
        file: PathBuf,
        bytes: u64,
    },
    Backtest(Backtest),
    Report(Box<Report>),
    /// What became of each table.
    ExportedTables(Vec<FolderTable>),
    /// A person as a document.
    Exported {
        document: serde_json::Value,
    },
    Erased(ErasureReceipt),
    /// Refused, with the reason.
    Refused {
        reason: String,
    },
}

/// The number of recomputed subjects of a kind.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Recomputed {
    /// The kind, in the plural.
    pub(crate) what: String,
    /// All of them.
    pub(crate) all: u64,
    /// Those that differed from their stored values.
    pub(crate) changed: u64,
}

impl Answer {
    /// An error for a refusal, or for the answer to another command.
    pub(crate) fn not_expected<T>(self) -> anyhow::Result<T> {
        match self {
            Answer::Refused { reason } => anyhow::bail!(reason),
            Answer::LoginLink { .. }
            | Answer::ApiKey(_)
            | Answer::ApiKeys(_)
            | Answer::Done
            | Answer::Rebuilt { .. }
            | Answer::BackedUp { .. }
            | Answer::Backtest(_)
            | Answer::Report(_)
            | Answer::ExportedTables(_)
            | Answer::Exported { .. }
            | Answer::Erased(_) => anyhow::bail!("the server answered something else"),
        }
    }
}

/// Runs a command through the running server, otherwise on the database.
pub(crate) fn run_admin_command(config: &Config, command: AdminCommand) -> anyhow::Result<Answer> {
    if let Some(answer) = ask_server(config, &command)? {
        return Ok(answer);
    }
    require_workspace(config)?;
    let data = DataDir::open(&config.data)?;
    let core = AppContext::open(config, &data)?;
    let thread = Arc::clone(&core.thread);
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    let answer = runtime.block_on(core.run_admin_command(command));
    // Closing merges the log into the database file, so that a copy of that file is complete.
    drop((runtime, core));
    thread.join();
    Ok(answer)
}

/// Fails where there is no workspace: a command with a mistyped directory would make an empty one, and succeed.
pub(crate) fn require_workspace(config: &Config) -> anyhow::Result<()> {
    let data = &config.data;
    let is_there = if config.database.is_empty() { data.join(layout::DATABASE).is_file() } else { data.is_dir() };
    ensure!(is_there, "no workspace in {}; only `knock serve` creates one", data.display());
    if config.database.is_postgres() {
        let has_tables = PostgresStore::has_tables(config.database.reveal())?;
        let database = config.database.without_password();
        ensure!(has_tables, "no workspace in {database}; only `knock serve` creates one");
    }
    Ok(())
}

/// The response of the running server to a command; none if no server runs.
pub(crate) fn ask_server(config: &Config, command: &AdminCommand) -> anyhow::Result<Option<Answer>> {
    UnixStream::connect(control_socket(&config.data)).ok().map(|stream| ask(stream, command)).transpose()
}

fn ask(mut stream: UnixStream, command: &AdminCommand) -> anyhow::Result<Answer> {
    let mut line = serde_json::to_string(command)?;
    line.push('\n');
    stream.write_all(line.as_bytes()).context("asking the running server")?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).context("hearing the running server")?;
    serde_json::from_str(&answer).context("the running server answered something else")
}

impl AppContext {
    pub(crate) async fn run_admin_command(&self, command: AdminCommand) -> Answer {
        let done = match command {
            AdminCommand::LoginLink { email } => self.login_link(email).await,
            AdminCommand::ApiKey { role, name, ends_at, author } => {
                let key = ApiKey { name, role, author: None, created_by: None, ends_at };
                self.create_api_key(key, author).await
            }
            AdminCommand::ApiKeys => self.api_keys().await,
            AdminCommand::RevokeApiKey { id } => self.revoke_api_key(&id).await,
            AdminCommand::Rebuild => self.rebuild().await,
            AdminCommand::Backup { to } => self.back_up(to).await,
            AdminCommand::Backtest { days } => {
                backtest(&self.store, self.clock.now(), days).await.map(Answer::Backtest).map_err(Into::into)
            }
            AdminCommand::Report { name, words } => self.report(&name, *words).await,
            AdminCommand::ExportFolder(ask) => self.export_folder(ask).await,
            AdminCommand::Export { email } => self.export(&email).await,
            AdminCommand::Erase { email } => self.erase(&email).await,
        };
        done.unwrap_or_else(|error| Answer::Refused { reason: format!("{error:#}") })
    }

    async fn login_link(&self, email: Option<String>) -> anyhow::Result<Answer> {
        let (token, hash) = new_secret(&*self.chance, "");
        let wanted = email.clone();
        let member = self.make(Actor::CommandLine, CreateLoginLink { email, hash, now: self.clock.now() }).await?;
        Ok(match member {
            Some(member) => Answer::LoginLink { url: self.address.sign_in(&token), email: member.email },
            None => Answer::Refused {
                reason: wanted.map_or("there is no admin yet: start the server once".into(), |email| {
                    format!("no member has the address {email}")
                }),
            },
        })
    }

    async fn export(&self, email: &str) -> anyhow::Result<Answer> {
        let found = self.export_person(Actor::CommandLine, Whose::Address(parsed(email)?)).await?;
        Ok(found.map_or_else(|| unknown(email), |document| Answer::Exported { document }))
    }

    async fn erase(&self, email: &str) -> anyhow::Result<Answer> {
        let receipt = self.erase_person(Actor::CommandLine, Whose::Address(parsed(email)?)).await?;
        Ok(receipt.map_or_else(|| unknown(email), Answer::Erased))
    }
}

fn parsed(email: &str) -> anyhow::Result<Email> {
    Email::parse(email).map_err(|error| anyhow::anyhow!("--person {email}: {error}"))
}

fn unknown(email: &str) -> Answer {
    Answer::Refused { reason: format!("nothing is stored of anybody with the address {email}") }
}

/// Answers commands until the server ends. Only the owner of the data directory on this machine can send them.
pub(crate) fn listen(core: &AppContext, data: &DataDir) -> anyhow::Result<impl Future<Output = ()> + use<>> {
    let socket = control_socket(data.path());
    // The lock is held here, so an existing socket was left behind.
    drop(std::fs::remove_file(&socket));
    let listener = tokio::net::UnixListener::bind(&socket).with_context(|| format!("making {}", socket.display()))?;
    std::fs::set_permissions(&socket, std::fs::Permissions::from_mode(0o600))?;
    let core = core.clone();
    Ok(async move {
        // A long command does not delay the others.
        let mut commands = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => commands.push(answer(&core, stream)),
                    Err(error) => {
                        tracing::warn!(%error, "the control socket stopped accepting commands");
                        return;
                    }
                },
                Some(done) = commands.next() => {
                    if let Err(error) = done {
                        tracing::warn!(%error, "an admin command failed");
                    }
                }
            }
        }
    })
}

async fn answer(core: &AppContext, stream: tokio::net::UnixStream) -> anyhow::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    tokio::io::BufReader::new(reader.take(64 * 1024)).read_line(&mut line).await?;
    let answer = match serde_json::from_str(&line) {
        Ok(command) => core.run_admin_command(command).await,
        Err(error) => Answer::Refused { reason: error.to_string() },
    };
    let mut line = serde_json::to_string(&answer)?;
    line.push('\n');
    Ok(writer.write_all(line.as_bytes()).await?)
}
