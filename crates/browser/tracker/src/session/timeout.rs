//! The session: signals with less than 30 minutes between them, whatever the tab.

use knock_model::Millis;

/// Inactivity that ends a session.
pub(crate) const IDLE: i64 = 30 * 60_000;

/// Milliseconds between two instants. Wrapping: instants of browsers never overflow.
pub(crate) const fn since(before: Millis, after: Millis) -> i64 {
    after.0.wrapping_sub(before.0)
}

/// Whether something at `at` still belongs to the session whose last signal was at `last`. Signals may arrive a
/// little out of order; a last signal far in the future comes from a clock that has been corrected since.
pub(crate) fn is_open(last: Millis, at: Millis) -> bool {
    since(last, at).unsigned_abs() < IDLE as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_minutes_without_a_signal_end_a_session_and_so_does_a_clock_put_right() {
        let last = Millis(1_780_000_000_000);
        for (after, expected) in
            [(0, true), (-1_000, true), (IDLE - 1, true), (IDLE, false), (-IDLE, false), (-last.0, false)]
        {
            assert_eq!(is_open(last, last + Millis(after)), expected, "{after}");
        }
    }
}
