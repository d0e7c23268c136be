//! Circuit breaker: after a failed connection, calls fail at once for a while instead of trying again.

use knock_ports::StoreError;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The first pause; each one after it is twice as long.
const FIRST: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(5);

#[derive(Default)]
pub(super) struct CircuitBreaker {
    opened: Mutex<Option<Opened>>,
}

/// An open circuit: calls fail at once until then.
struct Opened {
    until: Instant,
    misses: u32,
}

impl CircuitBreaker {
    /// Whether to try now.
    pub(super) fn pass(&self) -> Result<(), StoreError> {
        match &*self.opened.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(opened) if now() < opened.until => Err(StoreError::Busy),
            Some(_) | None => Ok(()),
        }
    }

    /// The database was reached.
    pub(super) fn reached(&self) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Records a failed connection.
    pub(super) fn missed(&self) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let misses = opened.as_ref().map_or(0, |opened| opened.misses);
        *opened = Some(Opened { until: now() + pause(misses, chance()), misses: misses.saturating_add(1) });
    }
}

/// Between half and all of a time that doubles, so that many servers do not come back at once.
fn pause(misses: u32, chance: u64) -> Duration {
    let whole = FIRST.saturating_mul(2u32.saturating_pow(misses)).min(LONGEST);
    let half = whole / 2;
    half + half.mul_f64(chance as f64 / u64::MAX as f64)
}

/// The seed of a hash table is as random as this needs.
fn chance() -> u64 {
    RandomState::new().hash_one(0)
}

#[expect(clippy::disallowed_methods, reason = "how long to leave the database alone is nothing the product decides by")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_a_limit_and_are_never_shorter_than_half() {
        let millis = |misses, chance| pause(misses, chance).as_millis();
        assert_eq!([millis(0, 0), millis(0, u64::MAX), millis(3, 0), millis(3, u64::MAX)], [50, 100, 400, 800]);
        assert_eq!([millis(u32::MAX, 0), millis(u32::MAX, u64::MAX)], [2_500, 5_000]);
    }

    #[test]
    fn after_a_miss_calls_fail_until_the_database_was_reached() {
        let circuit_breaker = CircuitBreaker::default();
        assert!(circuit_breaker.pass().is_ok());
        (0..9).for_each(|_| circuit_breaker.missed());
        assert!(matches!(circuit_breaker.pass(), Err(StoreError::Busy)));
        circuit_breaker.reached();
        assert!(circuit_breaker.pass().is_ok());
    }
}
