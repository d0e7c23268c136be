//! The log: lines for people or JSON for programs, on standard error. Never contains personal data or
//! credentials.

use anyhow::Context;
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

/// Begins the log; `filter` is such as `info` or `knock=debug`.
pub(crate) fn start(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let mut levels = filter.parse::<EnvFilter>().with_context(|| format!("log = \"{filter}\""))?;
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
    fn values_in_panic_messages_are_not_logged() {
        let of_values = catch_unwind(|| "Zo\u{eb} wrote this".split_at(3).0.len()).expect_err("it panics");
        assert_eq!(constant(&*of_values), None);
        let always_the_same = catch_unwind(|| panic!("a bug")).expect_err("it panics");
        assert_eq!(constant(&*always_the_same), Some("a bug"));
    }
}
