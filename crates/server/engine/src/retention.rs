//! The retention worker: drops signals after the retention period, day by day.

use crate::commands::ExpireSignals;
use crate::writer::{CommitError, Writer};
use knock_model::Millis;
use knock_ports::Clock;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The interval between checks of the clock; the signals of a day expire together, an hour after midnight (UTC).
const NAP: Duration = Duration::from_secs(60);
/// The time for which the clock must have been past the limit before signals expire.
const STEADY: Duration = Duration::from_secs(3_600);

/// Drops expired signals.
#[derive(Clone)]
pub struct RetentionWorker {
    pub clock: Arc<dyn Clock>,
    pub writer: Writer,
    /// The retention time; none is unlimited.
    pub keep: Option<Millis>,
    /// Called with the number of dropped signals, after each piece.
    pub on_dropped: fn(u64),
}

impl RetentionWorker {
    /// Drops all signals that have expired by now, without waiting for the clock to be steady; returns their number.
    ///
    /// # Errors
    /// When the store fails; the signals dropped until then are fully carried over.
    pub async fn catch_up(&self) -> Result<u64, CommitError> {
        match self.before() {
            Some(before) => self.expire_signals(before).await,
            None => Ok(0),
        }
    }

    /// Runs until the writer is gone.
    pub async fn run(self) {
        let (mut steady, begun) = (Steady::default(), Instant::now());
        while let Some(before) = self.before() {
            if let Some(before) = steady.see(before, begun.elapsed()) {
                match self.expire_signals(before).await {
                    Ok(0) => steady.done(before),
                    Ok(dropped) => {
                        tracing::info!(dropped, "signals expired; their evidence is carried over");
                        steady.done(before);
                    }
                    Err(CommitError::Stopping) => return,
                    Err(error) => tracing::warn!(%error, "expiring signals failed; retrying"),
                }
            }
            tokio::time::sleep(NAP).await;
        }
    }

    async fn expire_signals(&self, before: Millis) -> Result<u64, CommitError> {
        let (mut past, mut dropped) = (None, 0);
        loop {
            let piece = self.writer.commit(ExpireSignals { before, past }).await?;
            (self.on_dropped)(piece.dropped);
            dropped += piece.dropped;
            past = piece.next;
            if past.is_none() {
                return Ok(dropped);
            }
        }
    }

    /// Returns the instant before which signals are expired: the start of a day, so that a browser's signals are
    /// carried over once a day at most.
    fn before(&self) -> Option<Millis> {
        let kept_from = self.clock.now() - self.keep?;
        Some(Millis(kept_from.0.div_euclid(Millis::DAY.0) * Millis::DAY.0))
    }
}

/// Trusts the clock only after a while: dropped signals do not come back when a wrong clock is corrected.
#[derive(Default)]
struct Steady {
    /// The limit by the clock, and the monotonic instant since which it holds.
    wanted: Option<(Millis, Duration)>,
    done: Option<Millis>,
}

impl Steady {
    /// The limit up to which signals may expire; `before` is the limit by the clock, `elapsed` is by the monotonic
    /// clock.
    fn see(&mut self, before: Millis, elapsed: Duration) -> Option<Millis> {
        if Some(before) <= self.done {
            self.wanted = None;
            return None;
        }
        match self.wanted {
            Some((wanted, since)) if wanted <= before => (elapsed - since >= STEADY).then_some(wanted),
            _ => {
                self.wanted = Some((before, elapsed));
                None
            }
        }
    }

    fn done(&mut self, before: Millis) {
        *self = Steady { wanted: None, done: Some(before) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_wrongly_for_less_than_an_hour_lets_nothing_go() {
        let mut steady = Steady::default();
        let (today, wrong) = (Millis::days(20), Millis::days(385));
        let minute = |minute: u64| Duration::from_secs(60 * minute);
        assert_eq!(steady.see(today, minute(0)), None);
        assert_eq!(steady.see(today, minute(60)), Some(today));
        steady.done(today);
        assert_eq!(steady.see(today, minute(61)), None);
        // A year ahead, and corrected again.
        assert_eq!(steady.see(wrong, minute(62)), None);
        assert_eq!(steady.see(wrong, minute(121)), None);
        assert_eq!(steady.see(today, minute(122)), None);
        assert_eq!(steady.see(wrong, minute(123)), None);
        // The clock stays there: a year has really passed.
        assert_eq!(steady.see(wrong + Millis::DAY, minute(183)), Some(wrong));
    }
}
