//! Configuration: defaults, then a TOML file, then `KNOCK_` variables. Parsed once; only this reads the environment.

mod address;
mod files;
mod google;
mod http;
mod hubspot;
mod listener;
mod meant;
mod meetings;
mod microsoft;
mod outbound;
mod public_url;
mod retention;
mod secret;
mod sign_in;
mod slack;
mod smtp;
mod variables;

pub(crate) use address::Address;
pub(crate) use files::Files;
pub(crate) use google::Google;
pub(crate) use http::{Chat, Http};
pub(crate) use hubspot::HubSpot;
pub(crate) use listener::check_listener;
pub(crate) use meetings::Meetings;
pub(crate) use microsoft::Microsoft;
pub(crate) use outbound::Outbound;
pub(crate) use retention::Retention;
pub(crate) use secret::Secret;
pub(crate) use sign_in::{PasswordPolicy, SignIn};
pub(crate) use slack::Slack;
pub(crate) use smtp::Smtp;

use crate::log::{self, LogFormat};
use anyhow::{Context, bail, ensure};
use clap::Args;
use knock_engine::Burst;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The file read if no other is named.
const USUAL_FILE: &str = "knock.toml";

/// The paths of the configuration and the data directory.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// The configuration file (TOML)
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The data directory
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The database; SQLite in the data directory when absent
    #[arg(long, global = true, value_name = "postgres://USER:PASSWORD@HOST/NAME")]
    pub(crate) database: Option<Address>,
}

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The address to listen on.
    pub(crate) listen: String,
    /// The data directory.
    pub(crate) data: PathBuf,
    /// The address of a PostgreSQL database; SQLite in the data directory when empty.
    pub(crate) database: Address,
    /// The address at which visitors and the team reach the server; from `listen` when empty.
    pub(crate) public_url: String,
    /// The location database, in MaxMind's format; empty is none.
    pub(crate) location_database: PathBuf,
    /// MiB reserved in the data directory for a full disk; 0 is none.
    pub(crate) reserve_mb: u16,
    /// MiB that the database may take before signals are refused; 0 is the space of the disk.
    pub(crate) max_database_mb: u32,
    /// The log filter, such as `info` or `knock=debug`.
    pub(crate) log: String,
    /// The format of the log.
    pub(crate) log_format: LogFormat,
    /// Limits of `/v1/signals`.
    pub(crate) ingest: Ingest,
    /// Limits of `/v1/chat`.
    pub(crate) chat: Chat,
    /// Limits of files that are sent in chats.
    pub(crate) files: Files,
    /// Limits of bookings.
    pub(crate) meetings: Meetings,
    /// Limits of connections and requests.
    pub(crate) http: Http,
    /// The listener of the metrics.
    pub(crate) metrics: Metrics,
    /// The retention times.
    pub(crate) retention: Retention,
    /// The limits of requests to other servers.
    pub(crate) outbound: Outbound,
    /// The SMTP server that mail is sent by.
    pub(crate) smtp: Smtp,
    /// The account of HubSpot that leads are synced with.
    pub(crate) hubspot: HubSpot,
    /// The app of Google that asks members for their calendars.
    pub(crate) google: Google,
    /// The app of Microsoft that asks members for their calendars.
    pub(crate) microsoft: Microsoft,
    /// The sign-in methods of members.
    pub(crate) sign_in: SignIn,
    /// The Slack app of the workspace.
    pub(crate) slack: Slack,
}

/// The listener of the metrics.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Metrics {
    /// The address of a listener for `/metrics` alone; empty: `/metrics` is served beside all other routes.
    pub(crate) listen: String,
}

/// Limits of `/v1/signals`; 0 is off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ingest {
    /// Signals a second from all browsers of a site.
    pub(crate) rate_per_site: u32,
    /// Signals a second from one address.
    pub(crate) rate_per_ip: u32,
    /// Bytes a second to be stored for all browsers of a site.
    pub(crate) bytes_per_site: u32,
    /// Bytes a second to be stored for one address, chats included.
    pub(crate) bytes_per_ip: u32,
    /// Batches of one site that may wait to be written.
    pub(crate) waiting_per_site: u32,
    /// The number of waiting batches that is a burst: their signals are stored first and aggregated afterwards.
    pub(crate) burst: u16,
    /// The largest backlog, in signals.
    pub(crate) backlog: u32,
}

impl Ingest {
    /// The setting for the writer. Servers that share a database defer nothing: each would know its own signals only.
    pub(crate) fn burst(&self, is_alone: bool) -> Burst {
        if is_alone { Burst { from: self.burst.into(), most: self.backlog.into() } } else { Burst::NEVER }
    }
}

impl Default for Ingest {
    fn default() -> Ingest {
        Ingest {
            rate_per_site: 5_000,
            rate_per_ip: 1_000,
            bytes_per_site: 3_000_000,
            bytes_per_ip: 400_000,
            waiting_per_site: 512,
            burst: 24,
            backlog: 12_000_000,
        }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: "127.0.0.1:8787".into(),
            data: "./data".into(),
            database: Address::default(),
            public_url: String::new(),
            location_database: PathBuf::new(),
            reserve_mb: 16,
            max_database_mb: 0,
            log: "warn".into(),
            log_format: LogFormat::Text,
            ingest: Ingest::default(),
            chat: Chat::default(),
            files: Files::default(),
            meetings: Meetings::default(),
            http: Http::default(),
            metrics: Metrics::default(),
            retention: Retention::default(),
            outbound: Outbound::default(),
            smtp: Smtp::default(),
            hubspot: HubSpot::default(),
            google: Google::default(),
            microsoft: Microsoft::default(),
            sign_in: SignIn::default(),
            slack: Slack::default(),
        }
    }
}

impl Config {
    /// The effective configuration.
    pub(crate) fn load(place: &Place) -> anyhow::Result<Config> {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
        let variables = std::env::vars();
        let (file, path) = read_file(place)?;
        let mut config = Config::from_parts(file, &path, variables)?;
        if let Some(data) = &place.data {
            config.data.clone_from(data);
        }
        if let Some(database) = &place.database {
            config.database.clone_from(database);
        }
        ensure!(
            config.database.is_empty() || config.database.is_postgres(),
            "`database` must begin with postgres:// (empty: SQLite in the data directory)"
        );
        Ok(config)
    }

    fn from_parts(
        file: Table,
        path: &Path,
        variables: impl Iterator<Item = (String, String)>,
    ) -> anyhow::Result<Config> {
        let mut table = Table::try_from(Config::default())?;
        let names = keys(&table);
        let in_file = sections(&table).chain(names.clone()).collect::<Vec<_>>();
        overlay(&mut table, file, "", &in_file).with_context(|| format!("in {}", path.display()))?;
        for (name, text) in variables {
            variables::set(&mut table, &names, &name, &text)?;
        }
        let config: Config = table.try_into()?;
        public_url::check(&config.public_url)?;
        check_listener("listen", &config.listen)?;
        if !config.metrics.listen.is_empty() {
            check_listener("metrics.listen", &config.metrics.listen)?;
        }
        log::levels(&config.log)?;
        Ok(config)
    }

    /// The configuration as a TOML file, without passwords.
    pub(crate) fn to_text(&self) -> anyhow::Result<String> {
        let database = self.database.without_password().into();
        Ok(toml::to_string(&Config {
            database,
            smtp: self.smtp.shown(),
            slack: self.slack.shown(),
            hubspot: self.hubspot.shown(),
            google: self.google.shown(),
            microsoft: self.microsoft.shown(),
            ..self.clone()
        })?)
    }
}

/// The content and the path of the file.
fn read_file(place: &Place) -> anyhow::Result<(Table, PathBuf)> {
    let (file, is_named) = match &place.config {
        Some(file) => (file.clone(), true),
        None => (PathBuf::from(USUAL_FILE), false),
    };
    let table = match std::fs::read_to_string(&file) {
        Ok(text) => text.parse().with_context(|| format!("in {}", file.display()))?,
        Err(error) if !is_named && error.kind() == std::io::ErrorKind::NotFound => Table::new(),
        Err(error) => return Err(error).with_context(|| format!("reading {}", file.display())),
    };
    Ok((table, file))
}

/// All keys, those in a section as `section.key`.
fn keys(table: &Table) -> Vec<String> {
    let of = |(name, value): (&String, &Value)| -> Vec<String> {
        let section = value.as_table();
        section.map_or_else(|| vec![name.clone()], |inner| inner.keys().map(|key| format!("{name}.{key}")).collect())
    };
    table.iter().flat_map(of).collect()
}

/// The names of the sections.
fn sections(table: &Table) -> impl Iterator<Item = String> {
    table.iter().filter(|(_, value)| value.is_table()).map(|(name, _)| name.clone())
}

/// Overrides the defaults by the values of a file; a key without a default does not exist.
fn overlay(table: &mut Table, over: Table, section: &str, names: &[String]) -> anyhow::Result<()> {
    for (key, value) in over {
        match (table.get_mut(&key), value) {
            (None, _) => {
                let key = format!("{section}{key}");
                let meant = meant::nearest(&key, names).map(|name| format!("; did you mean `{name}`?"));
                bail!("unknown key `{key}`{}", meant.unwrap_or_default())
            }
            (Some(Value::Table(inner)), Value::Table(value)) => {
                overlay(inner, value, &format!("{section}{key}."), names)?;
            }
            (Some(known), value) if known.same_type(&value) => *known = value,
            (Some(known), value) => {
                bail!("`{section}{key}` is {}, expected {}", kind(&value), kind(known))
            }
        }
    }
    Ok(())
}

/// The kind of a value with its article.
fn kind(value: &Value) -> String {
    let name = value.type_str();
    let article = if name.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, variables: &[(&str, &str)]) -> anyhow::Result<Config> {
        let variables = variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Config::from_parts(file.parse().expect("test TOML"), Path::new("knock.toml"), variables)
    }

    #[test]
    fn variables_win_over_the_file_and_the_file_over_defaults() {
        let file = "listen = \"0.0.0.0:1\"\n[ingest]\nrate_per_ip = 5";
        let config = check(file, &[("KNOCK_LISTEN", "[::1]:2"), ("KNOCK_INGEST_RATE_PER_SITE", "0"), ("PATH", "x")]);
        let config = config.expect("good");
        assert_eq!((config.listen.as_str(), config.data.to_str()), ("[::1]:2", Some("./data")));
        assert_eq!(config.ingest, Ingest { rate_per_site: 0, rate_per_ip: 5, ..Ingest::default() });
    }

    #[test]
    fn a_section_of_two_words_has_its_variables() {
        let config = check("", &[("KNOCK_SIGN_IN_PASSWORD", "never")]).expect("good");
        assert_eq!(config.sign_in.password, PasswordPolicy::Never);
    }

    #[test]
    fn unknown_keys_and_wrong_types_are_refused() {
        let cases = [
            ("lisen = \"x\"", "unknown key `lisen`; did you mean `listen`?"),
            ("[smtp]\nadress = 1", "unknown key `smtp.adress`"),
            ("[slak]\nbot_token = \"x\"", "unknown key `slak`; did you mean `slack`?"),
            ("trusted_proxies = \"1\"", "unknown key `trusted_proxies`; did you mean `http.trusted_proxies`?"),
            (
                "[ingest]\nrate_per_sight = 1",
                "unknown key `ingest.rate_per_sight`; did you mean `ingest.rate_per_site`?",
            ),
            ("listen = 1", "`listen` is an integer, expected a string"),
            ("reserve_mb = [1]", "`reserve_mb` is an array, expected an integer"),
        ];
        for (file, expected) in cases {
            let error = check(file, &[]).expect_err("refused");
            assert_eq!(format!("{error:#}"), format!("in knock.toml: {expected}"));
        }
        let error = check("log_format = \"xml\"", &[]).expect_err("refused").to_string();
        assert!(error.contains("`log_format` is `xml`, expected `text` or `json`"), "{error}");
        for (name, value) in [
            ("KNOCK_LOG_FORMAT", ""),
            ("KNOCK_INGEST_RATE_PER_IP", "many"),
            ("KNOCK_HTTP_HEADER_TIMEOUT_MS", "0"),
            ("KNOCK_HTTP_TRUSTED_PROXIES", "10.0.0.0/99"),
            ("KNOCK_RETENTION_SIGNALS_DAYS", "30"),
            ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "intranet"),
            ("KNOCK_SIGN_IN_PASSWORD", "true"),
            ("KNOCK_LOG", "verbose"),
            ("KNOCK_LISTEN", "8787"),
            ("KNOCK_METRICS_LISTEN", "nowhere"),
            ("KNOCK_PUBLIC_URL", "knock.example.com"),
            ("KNOCK_PUBLICURL", "https://knock.example.com"),
        ] {
            assert!(check("", &[(name, value)]).is_err(), "{name}");
        }
    }
}
