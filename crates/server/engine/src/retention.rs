//! The retention worker: lets signals go once they were kept for as long as is set, day by day.

use crate::commands::LetGo;
use crate::writer::{CommitError, Writer};
use knock_model::Millis;
use knock_ports::Clock;
use std::sync::Arc;
use std::time::Duration;

/// How often the clock is looked at; a day's signals go at once, soon after midnight (UTC).
const NAP: Duration = Duration::from_secs(60);

/// Lets signals go.
#[derive(Clone)]
pub struct RetentionWorker {
    /// The wall clock.
    pub clock: Arc<dyn Clock>,
    /// The way to let them go.
    pub writer: Writer,
    /// How long they are kept; none for ever.
    pub keep: Option<Millis>,
    /// Told how many went, after each piece.
    pub told: fn(u64),
}

impl RetentionWorker {
    /// Lets all go that were kept for long enough by now; how many.
    ///
    /// # Errors
    /// When the store fails; what went until then is gone in good order.
    pub async fn catch_up(&self) -> Result<u64, CommitError> {
        let Some(before) = self.before() else { return Ok(0) };
        let (mut past, mut dropped) = (None, 0);
        loop {
            let piece = self.writer.commit(LetGo { before, past }).await?;
            (self.told)(piece.dropped);
            dropped += piece.dropped;
            past = piece.next;
            if past.is_none() {
                return Ok(dropped);
            }
        }
    }

    /// Works until the writer is gone.
    pub async fn run(self) {
        let mut done = None;
        while self.keep.is_some() {
            let before = self.before();
            if before > done {
                match self.catch_up().await {
                    Ok(0) => done = before,
                    Ok(dropped) => {
                        tracing::info!(dropped, "signals were kept for long enough and are summed up now");
                        done = before;
                    }
                    Err(CommitError::Stopping) => return,
                    Err(error) => tracing::warn!(%error, "signals could not be let go; trying again"),
                }
            }
            tokio::time::sleep(NAP).await;
        }
    }

    /// Whole days go, so that a browser's signals are carried over once a day at most.
    fn before(&self) -> Option<Millis> {
        let kept_from = self.clock.now() - self.keep?;
        Some(Millis(kept_from.0.div_euclid(Millis::DAY.0) * Millis::DAY.0))
    }
}
