//! The instant of a signal, by the sender's own clock (R13b).

use knock_model::{Millis, OLDEST_SIGNAL};

/// Returns the instant by the server's clock, and whether it had to be moved into the 30 days before arrival.
pub(crate) fn corrected(at: Millis, sent_at: Option<Millis>, received_at: Millis) -> (Millis, bool) {
    let corrected = match sent_at {
        Some(sent_at) if sent_at >= at => received_at - (sent_at - at),
        Some(_) | None => at.min(received_at),
    };
    let clamped = corrected.max(received_at - OLDEST_SIGNAL).min(received_at);
    (clamped, clamped != corrected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_is_corrected_and_an_old_signal_is_moved() {
        const NOW: i64 = 1_780_000_000_000;
        const DAY: i64 = 86_400_000;
        let cases = [
            // (at, sent_at, expected, clamped)
            (NOW - 5_000, Some(NOW), NOW - 5_000, false),
            (NOW + DAY - 5_000, Some(NOW + DAY), NOW - 5_000, false),
            (NOW - 400 * DAY, Some(NOW - 400 * DAY + 7), NOW - 7, false),
            (NOW - 3 * DAY, Some(NOW), NOW - 3 * DAY, false),
            (NOW - 31 * DAY, Some(NOW), NOW - 30 * DAY, true),
            (NOW - 5_000, None, NOW - 5_000, false),
            (NOW + 5_000, None, NOW, false),
            (NOW + 9_000, Some(NOW), NOW, false),
            (0, None, NOW - 30 * DAY, true),
            (0, Some(i64::MAX), NOW - 30 * DAY, true),
        ];
        for (at, sent_at, expected, clamped) in cases {
            let found = corrected(Millis(at), sent_at.map(Millis), Millis(NOW));
            assert_eq!(found, (Millis(expected), clamped), "{at} {sent_at:?}");
        }
    }
}
