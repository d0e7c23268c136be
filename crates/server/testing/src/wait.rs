//! Waiting for a condition: always with a deadline, and with the name of what is waited for.

use crate::clock::stopwatch;
use std::time::Duration;

/// The timeout of every wait.
pub(crate) const DEADLINE: Duration = Duration::from_secs(120);
/// The longest pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Waits until it is so.
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    found(what, || is_so().then_some(()));
}

/// Waits until something is found.
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

/// Between two looks: short at first, most is there soon.
pub(crate) fn pause(round: u32) {
    std::thread::sleep(PAUSE.min(Duration::from_micros(250) * round));
}
