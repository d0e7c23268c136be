//! The clock on the wall, and how long something takes.

use knock_model::Millis;
use std::time::Instant;

/// Now, by the clock on the wall.
#[expect(clippy::disallowed_methods, reason = "clients have a clock of their own")]
pub fn now() -> Millis {
    Millis(jiff::Timestamp::now().as_millisecond())
}

/// A stopwatch for reports and for bounds of waits; no assertion depends on it.
#[expect(clippy::disallowed_methods, reason = "the one place of tests that measures time")]
pub fn stopwatch() -> Instant {
    Instant::now()
}
