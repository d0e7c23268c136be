//! Waiting for a condition: always with a deadline, and with the name of the condition.

use crate::clock::stopwatch;
use std::time::Duration;

/// The timeout of every wait.
pub(crate) const DEADLINE: Duration = Duration::from_secs(120);
/// The longest pause between two checks.
const PAUSE: Duration = Duration::from_millis(20);

/// Waits until a condition is true.
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    found(what, || is_so().then_some(()));
}

/// Waits until a value is found.
pub fn found<T>(what: &str, mut find: impl FnMut() -> Option<T>) -> T {
    let begun = stopwatch();
    for round in 0.. {
        if let Some(found) = find() {
            return found;
        }
        assert!(begun.elapsed() < DEADLINE, "waited {} s until {what}", DEADLINE.as_secs());
        pause(round);
    }
    unreachable!("the rounds have no end")
}

/// Pauses between two checks: short at first, as most conditions are soon true.
pub(crate) fn pause(round: u32) {
    std::thread::sleep(PAUSE.min(Duration::from_micros(250) * round));
}
