//! Whether and for how long this browser holds messages, so that they can be taken back.

use knock_model::Millis;
use std::time::Duration;

use crate::kit::browser;

/// The length of a hold in milliseconds.
pub(crate) const HOLD_MS: u32 = 5_000;
pub(super) const HOLD: Duration = Duration::from_millis(HOLD_MS as u64);

/// The storage key that turns it off.
const OFF: &str = "knock_hold_off";

/// Whether this browser holds messages.
pub(crate) fn is_on() -> bool {
    browser::kept(OFF).is_empty()
}

/// Turns it on or off in this browser, from the next message on.
pub(crate) fn turn(is_on: bool) {
    if is_on { browser::drop_kept(OFF) } else { browser::keep(OFF, "off") }
}

/// Whether a tab of this browser may still hold a message that was written at this instant.
pub(super) fn may_be_held(written: Millis, now: Millis) -> bool {
    (0..i64::from(HOLD_MS)).contains(&(now - written).0) && is_on()
}
