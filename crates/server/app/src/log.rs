//! The log: lines for people or JSON for programs, on standard error. Never contains personal data or
//! credentials.

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::IsTerminal;
use std::panic::{PanicHookInfo, set_hook};
use std::sync::atomic::{AtomicBool, Ordering};
use tracing::Level;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

/// The prefix of the modules of this program.
const OWN: &str = "knock";
/// Tells where the server is; there whatever the level is, as the startup banner is on a terminal.
const BANNER: &str = "knock::banner=info";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "String")]
pub(crate) enum LogFormat {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
}

impl TryFrom<String> for LogFormat {
    type Error = String;

    fn try_from(text: String) -> Result<LogFormat, String> {
        match text.as_str() {
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            _ => Err(format!("`log_format` is `{text}`, expected `text` or `json`")),
        }
    }
}

/// Whether the log has begun and is JSON.
static IS_JSON: AtomicBool = AtomicBool::new(false);

/// Levels of the log, as a filter names them.
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Reads a filter such as `info` or `knock=debug`. A word that is neither a level nor a part of this program would filter
/// nothing that there is.
pub(crate) fn levels(filter: &str) -> anyhow::Result<EnvFilter> {
    let is_known = |word: &str| {
        let is_level = LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word));
        is_level || word.is_empty() || word.contains(['=', '[', ':']) || word.starts_with(OWN)
    };
    let wrong =
        || format!("`log` is `{filter}`, expected a level ({}) or a filter such as knock=debug", LEVELS.join(", "));
    ensure!(filter.split(',').map(str::trim).all(is_known), wrong());
    filter.parse::<EnvFilter>().with_context(wrong)
}

/// Begins the log; `filter` is such as `info` or `knock=debug`.
pub(crate) fn start(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let mut levels = levels(filter)?;
    // Standard error may be a file on a full disk: a failed log write must not end the server.
    let lines = fmt::layer().log_internal_errors(false).with_writer(std::io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => {
            levels = levels.add_directive(BANNER.parse()?);
            IS_JSON.store(true, Ordering::Relaxed);
            lines.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed()
        }
    };
    // What libraries say beyond warnings holds what people sent: heads, frames, parameters of statements.
    let discreet = filter_fn(|of| of.target().starts_with(OWN) || *of.level() <= Level::WARN);
    tracing_subscriber::registry().with(levels).with(discreet).with(lines).init();
    set_hook(Box::new(panicked));
    Ok(())
}

/// Whether programs read the log, which then is the only thing that is written.
pub(crate) fn is_json() -> bool {
    IS_JSON.load(Ordering::Relaxed)
}

/// A panic is an event too. What it says may hold what somebody sent, unless it is always the same.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let reason = constant(panic.payload());
    let backtrace = Backtrace::capture();
    let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    tracing::error!(place, reason, backtrace, "a bug: the server panicked");
}

/// The text of a panic that says the same whatever happened; others are made of values.
fn constant(payload: &dyn Any) -> Option<&'static str> {
    payload.downcast_ref::<&'static str>().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    #[test]
    fn a_filter_names_levels_and_parts_of_the_program() {
        for good in
            ["warn", "INFO", "", "off", "knock=debug", "knock", "warn,knock_store::statement=trace", "info,hyper=off"]
        {
            assert!(levels(good).is_ok(), "{good}");
        }
        for wrong in ["verbose", "warning", "info,verbose", "knock=verbose", "warn;info"] {
            let error = levels(wrong).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(wrong) && error.contains("error, warn, info, debug, trace"), "{wrong}: {error}");
        }
    }

    #[test]
    fn values_in_panic_messages_are_not_logged() {
        let of_values = catch_unwind(|| "Zo\u{eb} wrote this".split_at(3).0.len()).expect_err("it panics");
        assert_eq!(constant(&*of_values), None);
        let always_the_same = catch_unwind(|| panic!("a bug")).expect_err("it panics");
        assert_eq!(constant(&*always_the_same), Some("a bug"));
    }
}
