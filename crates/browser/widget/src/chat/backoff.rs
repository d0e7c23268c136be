//! Exponential backoff with full jitter.

use knock_model::Millis;

use super::Moment;

const WAITS: knock_model::Backoff = knock_model::Backoff { first: Millis(500), longest: Millis(30_000) };
/// The longest pause that a server can request, in ms.
const LONGEST_ASKED_FOR: i64 = 600_000;

/// The number of consecutive failures, and the instant of the next attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Backoff {
    failures: u32,
    due: Millis,
}

impl Backoff {
    /// Failures in a row.
    pub(crate) fn failures(&self) -> u32 {
        self.failures
    }

    /// The earliest instant of the next attempt.
    pub(crate) fn due(&self) -> Millis {
        self.due
    }

    /// Whether the next attempt is due.
    pub(crate) fn is_due(&self, now: Millis) -> bool {
        self.due <= now
    }

    pub(crate) fn fail(&mut self, moment: Moment) {
        self.fail_for(moment, Millis(0));
    }

    /// Records a failure for which the server asks for a delay.
    pub(crate) fn fail_for(&mut self, moment: Moment, pause: Millis) {
        self.failures = self.failures.saturating_add(1);
        let span = WAITS.span(self.failures).0;
        let wait = (span as f64 * moment.chance.clamp(0.0, 1.0)) as i64;
        self.due = moment.now + Millis(wait.max(pause.0.min(LONGEST_ASKED_FOR)));
    }

    pub(crate) fn succeed(&mut self) {
        *self = Backoff::default();
    }

    /// The connection may work again: retries now.
    pub(crate) fn hurry(&mut self) {
        self.due = Millis(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    const NOW: Millis = Millis(1_000_000);

    fn wait(failures: u32, chance: f64, pause: i64) -> i64 {
        let mut backoff = Backoff { failures, due: Millis(0) };
        backoff.fail_for(Moment { now: NOW, chance }, Millis(pause));
        (backoff.due - NOW).0
    }

    #[wasm_bindgen_test]
    fn waits_double_up_to_half_a_minute_and_are_spread_over_the_whole_span() {
        for (failures, chance, expected) in
            [(0, 1.0, 500), (0, 0.0, 0), (3, 1.0, 4_000), (3, 0.25, 1_000), (6, 1.0, 30_000), (u32::MAX, 0.5, 15_000)]
        {
            assert_eq!(wait(failures, chance, 0), expected, "{failures} {chance}");
        }
    }

    #[wasm_bindgen_test]
    fn a_pause_asked_for_is_kept_but_not_for_ever() {
        assert_eq!(wait(0, 0.1, 7_000), 7_000);
        assert_eq!(wait(9, 1.0, 7_000), 30_000);
        assert_eq!(wait(0, 0.0, i64::MAX), 600_000);
    }
}
