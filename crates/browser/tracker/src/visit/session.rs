//! The session: signals with less than 30 minutes between them, whatever the tab.

use knock_model::Millis;

/// Inactivity that ends a session.
pub(crate) const IDLE: Millis = Millis(30 * 60_000);

/// Whether something at `at` still belongs to the session whose last signal was at `last`. Signals may arrive a
/// little out of order; a last signal far in the future was stamped by a clock that has been put right since.
pub(crate) fn is_open(last: Millis, at: Millis) -> bool {
    (at - last).0.saturating_abs() < IDLE.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_minutes_without_a_signal_end_a_session_and_so_does_a_clock_put_right() {
        let last = Millis(1_780_000_000_000);
        for (after, expected) in
            [(0, true), (-1_000, true), (IDLE.0 - 1, true), (IDLE.0, false), (-IDLE.0, false), (-last.0, false)]
        {
            assert_eq!(is_open(last, last + Millis(after)), expected, "{after}");
        }
    }
}
