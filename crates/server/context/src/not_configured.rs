//! The remembered absence of a provider, so that a chat does not read the settings each time.

use knock_model::Millis;
use std::sync::{Mutex, PoisonError};

/// The time after which a provider that was set up on another server is noticed.
const REMEMBERED: Millis = Millis(2_000);

/// Whether a service is known to be absent.
#[derive(Default)]
pub struct NotConfigured(Mutex<Option<Millis>>);

impl NotConfigured {
    /// Records that no provider is configured at an instant.
    pub fn note(&self, now: Millis) {
        self.set(Some(now + REMEMBERED));
    }

    /// Forgets the absence: a provider may be configured from now on.
    pub fn forget(&self) {
        self.set(None);
    }

    /// Whether the service counts as absent. After the clock was set back, no longer than the regular period.
    pub fn is(&self, now: Millis) -> bool {
        let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| now < until && until <= now + REMEMBERED)
    }

    fn set(&self, until: Option<Millis>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absence_counts_for_two_seconds_or_until_it_is_forgotten() {
        let absence = NotConfigured::default();
        let at = Millis(1_000_000);
        assert!(!absence.is(at));
        absence.note(at);
        for (later, expected) in [(0, true), (1_999, true), (2_000, false), (-1, false)] {
            assert_eq!(absence.is(at + Millis(later)), expected, "{later}");
        }
        absence.forget();
        assert!(!absence.is(at));
    }
}
