//! Settings from variables of the environment.

use super::meant::{PREFIX, nearest};
use anyhow::{Context, bail};
use toml::{Table, Value};

/// Variables of builds, tests and tools, which are no settings. Those that begin with `KNOCK_TEST_` are none either.
const OTHERS: [&str; 16] = [
    "KNOCK_BIN",
    "KNOCK_BLESS",
    "KNOCK_ENGINES",
    "KNOCK_FAULTS",
    "KNOCK_FAULTS_ROUNDS",
    "KNOCK_FAULTS_SEED",
    "KNOCK_FUZZ_CASES",
    "KNOCK_LATE",
    "KNOCK_LATE_SHARE",
    "KNOCK_LIBFUZZER",
    "KNOCK_READER_KILLS",
    "KNOCK_RESYNC_LEADS",
    "KNOCK_SEED",
    "KNOCK_SHOTS",
    "KNOCK_TOOLS",
    "KNOCK_WWW",
];

/// Sets the key that a variable names, such as `ingest.rate_per_ip` by `KNOCK_INGEST_RATE_PER_IP`. One without the prefix
/// belongs to other programs, unless it is a setting in other letters, such as `knock_listen`.
pub(super) fn set(table: &mut Table, names: &[String], variable: &str, text: &str) -> anyhow::Result<()> {
    let variable_of = |key: &String| format!("{PREFIX}{}", key.replace('.', "_").to_ascii_uppercase());
    let Some(name) = variable.strip_prefix(PREFIX) else {
        let meant = names.iter().map(variable_of).find(|name| name.eq_ignore_ascii_case(variable));
        return meant.map_or(Ok(()), |name| bail!("{variable} is no setting; did you mean {name}?"));
    };
    let wanted = name.to_ascii_lowercase();
    let Some(key) = names.iter().find(|key| key.replace('.', "_") == wanted) else {
        if is_of_others(variable, text) {
            return Ok(());
        }
        let all: Vec<String> = names.iter().map(variable_of).collect();
        let meant = nearest(variable, &all).map(|name| format!("; did you mean {name}?"));
        bail!("{variable} is no setting{}", meant.unwrap_or_default())
    };
    let target = match key.split_once('.') {
        Some((section, key)) => table.get_mut(section).and_then(|inner| inner.get_mut(key)),
        None => table.get_mut(key),
    };
    target.map_or(Ok(()), |known| overwrite(known, text)).with_context(|| format!("in the variable {variable}"))
}

fn overwrite(known: &mut Value, text: &str) -> anyhow::Result<()> {
    match known {
        Value::Integer(number) => *number = text.parse().with_context(|| format!("`{text}` is not a number"))?,
        Value::String(known) => text.clone_into(known),
        Value::Boolean(known) => *known = text.parse().with_context(|| format!("`{text}` is not true or false"))?,
        Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => {}
    }
    Ok(())
}

/// Whether a variable is one of the tools, or what container platforms set for each service in reach: `KNOCK_PORT` is the
/// address of a service with the name `knock`, not a setting.
fn is_of_others(variable: &str, text: &str) -> bool {
    let is_address = ["tcp://", "udp://", "sctp://"].iter().any(|scheme| text.starts_with(scheme));
    let of_port = |(_, rest): (&str, &str)| {
        let (number, protocol) = rest.split_once('_').unwrap_or((rest, ""));
        number.parse::<u16>().is_ok() && ["TCP", "UDP", "SCTP"].iter().any(|name| protocol.starts_with(name))
    };
    let of_service = variable.ends_with("_SERVICE_HOST") || variable.contains("_SERVICE_PORT");
    let is_of_platform =
        of_service || variable.ends_with("_PORT") && is_address || variable.rsplit_once("_PORT_").is_some_and(of_port);
    is_of_platform || variable.starts_with("KNOCK_TEST_") || OTHERS.contains(&variable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, keys};

    fn check(variable: &str, text: &str) -> Result<(), String> {
        let mut table = Table::try_from(Config::default()).expect("it has TOML");
        let names = keys(&table);
        set(&mut table, &names, variable, text).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn a_mistyped_variable_is_refused_with_the_one_that_was_meant() {
        for (wrong, meant) in [
            ("KNOCK_PUBLICURL", "KNOCK_PUBLIC_URL"),
            ("KNOCK_LISTENS", "KNOCK_LISTEN"),
            ("KNOCK_HTTP_TRUSTED_PROXY", "KNOCK_HTTP_TRUSTED_PROXIES"),
            ("KNOCK_SLACK_BOTTOKEN", "KNOCK_SLACK_BOT_TOKEN"),
            ("KNOCK_STMP_URL", "KNOCK_SMTP_URL"),
            ("KNOCK_DATABASE_URL", "KNOCK_DATABASE"),
            ("KNOCK_PORT", "KNOCK_LISTEN"),
            ("Knock_Log", "KNOCK_LOG"),
            ("knock_smtp_url", "KNOCK_SMTP_URL"),
        ] {
            let expected = format!("{wrong} is no setting; did you mean {meant}?");
            assert_eq!(check(wrong, "x"), Err(expected));
        }
        for wrong in ["KNOCK_", "KNOCK_COLOUR_OF_BUTTONS"] {
            assert_eq!(check(wrong, "8080"), Err(format!("{wrong} is no setting")));
        }
    }

    #[test]
    fn variables_of_tools_tests_and_container_platforms_are_no_settings() {
        for (name, text) in [
            ("PATH", "x"),
            ("knock_service", "x"),
            ("KNOCK_BLESS", "1"),
            ("KNOCK_TEST_POSTGRES", "postgres://db"),
            ("KNOCK_SERVICE_HOST", "10.0.0.1"),
            ("KNOCK_SERVICE_PORT", "8787"),
            ("KNOCK_SERVICE_PORT_HTTP", "8787"),
            ("KNOCK_PORT", "tcp://10.0.0.1:8787"),
            ("KNOCK_PORT_8787_TCP", "tcp://10.0.0.1:8787"),
            ("KNOCK_PORT_8787_TCP_ADDR", "10.0.0.1"),
            ("KNOCK_DB_PORT_5432_TCP_PROTO", "tcp"),
        ] {
            assert_eq!(check(name, text), Ok(()), "{name}");
        }
    }
}
