//! The wall clock, and measurement of durations.

use knock_model::Millis;
use std::time::Instant;

/// Returns the current instant of the wall clock.
#[expect(clippy::disallowed_methods, reason = "clients have a clock of their own")]
pub fn now() -> Millis {
    Millis(jiff::Timestamp::now().as_millisecond())
}

/// A stopwatch for reports and for bounds of waits; no assertion depends on it.
#[expect(clippy::disallowed_methods, reason = "the one place of tests that measures time")]
pub fn stopwatch() -> Instant {
    Instant::now()
}
