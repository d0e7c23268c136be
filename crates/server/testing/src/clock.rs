//! The clock on the wall, and how long something takes.

use knock_model::Millis;
use std::time::Instant;

/// Now, by the clock on the wall.
#[expect(clippy::disallowed_methods, reason = "clients have a clock of their own")]
pub fn now() -> Millis {
    Millis(jiff::Timestamp::now().as_millisecond())
}

/// What is measured is told, or bounds a wait; no test is judged by it.
#[expect(clippy::disallowed_methods, reason = "the one place of tests that measures time")]
pub fn stopwatch() -> Instant {
    Instant::now()
}
