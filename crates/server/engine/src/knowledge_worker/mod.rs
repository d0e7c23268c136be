//! The knowledge worker: claims sources that are due, has them read, and records the outcome.

mod reading_claims;

pub use reading_claims::ReadingClaims;

use crate::blocking::run_blocking;
use crate::commands::{ClaimSources, CompleteReading, ExtendClaim, LONGEST_WAIT, ReturnClaims};
use crate::measures;
use crate::notice::{Notice, SETTLE, changed_where};
use crate::writer::{CommitError, Writer};
use knock_model::Millis;
use knock_ports::{Clock, KnowledgeSource, SourceReader, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The longest sleep: a wall clock that was set forward is noticed within it.
const MAX_SLEEP: Millis = Millis(10_000);
/// The number of concurrent readings of this server.
const AT_ONCE: usize = 4;
/// The interval between extensions of a reading's claim: well within its lifetime.
const EXTEND_EVERY: Duration = Duration::from_secs(30);
/// The longest duration of a reading, in minutes: 200 pages and 20 sitemaps of a site that asks for ten seconds between
/// requests, each of which takes up to ten seconds.
const LONGEST_MINUTES: u64 = 75;
/// The delay after an error of the store.
const PAUSE: Duration = Duration::from_secs(1);

/// Reads sources of knowledge.
#[derive(Clone)]
pub struct KnowledgeWorker {
    pub clock: Arc<dyn Clock>,
    /// The sources, for the next due instant.
    pub store: Arc<dyn Store>,
    /// The writer that claims and records.
    pub writer: Writer,
    pub reader: Arc<dyn SourceReader>,
    /// Notified when the clock was set.
    pub wake: Arc<Notify>,
    /// The readings under way, which a stop gives back.
    pub claims: Arc<ReadingClaims>,
}

impl KnowledgeWorker {
    /// Claims no more sources and gives back those that are being read, at a stop on purpose: the next start reads them at
    /// once. Those of a server that ends otherwise count as failed.
    ///
    /// # Errors
    /// When nothing can be written.
    pub async fn stop(&self) -> Result<(), CommitError> {
        let claims = self.claims.stop();
        if claims.is_empty() {
            return Ok(());
        }
        self.writer.commit(ReturnClaims { claims, now: self.clock.now() }).await
    }

    /// Runs until the writer is gone, or it is stopped.
    pub async fn run(self) {
        let mut changes = self.writer.watch();
        let mut under_way = JoinSet::new();
        loop {
            let sleep = match self.read_due(&mut under_way).await {
                Ok(sleep) => sleep,
                Err(CommitError::Stopping) => return,
                Err(error) => {
                    tracing::warn!(%error, "sources of knowledge could not be claimed; trying again");
                    PAUSE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                () = self.wake.notified() => {}
                Some(_) = under_way.join_next() => {}
                changed = changed_where(&mut changes, is_of_knowledge) => if changed.is_err() {
                    return;
                },
            }
        }
    }

    /// Starts readings of due sources within the limit; returns the time until the next one is due.
    async fn read_due(&self, under_way: &mut JoinSet<()>) -> Result<Duration, CommitError> {
        loop {
            let room = AT_ONCE.saturating_sub(under_way.len());
            if room == 0 {
                // The end of a reading wakes this worker.
                return Ok(Duration::from_millis(MAX_SLEEP.0.unsigned_abs()));
            }
            let worker = self.clone();
            let next = run_blocking(move || worker.next()).await?;
            let wait = next.map_or(MAX_SLEEP, |due| due - self.clock.now());
            if wait > Millis(0) && wait <= LONGEST_WAIT {
                return Ok(Duration::from_millis(wait.clamp(Millis(1), MAX_SLEEP).0.unsigned_abs()));
            }
            if self.claims.is_stopped() {
                return Err(CommitError::Stopping);
            }
            let limit = u32::try_from(room).unwrap_or(u32::MAX);
            let claimed = self.writer.commit(ClaimSources { now: self.clock.now(), limit }).await?;
            if claimed.is_empty() {
                // Another server claimed them first.
                return Ok(SETTLE);
            }
            for source in claimed {
                self.claims.begin(source.id, source.claim);
                under_way.spawn(self.clone().read(source));
            }
        }
    }

    fn next(&self) -> Result<Option<Millis>, StoreError> {
        let mut next = None;
        self.store.read(&mut |view| {
            next = view.next_source_due()?;
            Ok(())
        })?;
        Ok(next)
    }

    async fn read(self, source: KnowledgeSource) {
        self.read_and_record(&source).await;
        self.claims.end(source.id);
    }

    async fn read_and_record(&self, source: &KnowledgeSource) {
        let outcome = tokio::select! {
            outcome = self.reader.read(source) => outcome,
            () = tokio::time::sleep(Duration::from_secs(LONGEST_MINUTES * 60)) => {
                Err(format!("Reading it took more than {LONGEST_MINUTES} minutes"))
            }
            () = self.hold(source) => return,
        };
        measures::read(outcome.is_ok());
        let KnowledgeSource { id, claim, .. } = *source;
        let complete = CompleteReading { id, claim, outcome, now: self.clock.now() };
        loop {
            match self.writer.commit(complete.clone()).await {
                Ok(_) | Err(CommitError::Stopping) => return,
                Err(error) => tracing::warn!(%error, "the end of a reading could not be recorded; trying again"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Extends a claim as long as this server holds it; returns when it is lost.
    async fn hold(&self, source: &KnowledgeSource) {
        let KnowledgeSource { id, claim, .. } = *source;
        loop {
            tokio::time::sleep(EXTEND_EVERY).await;
            match self.writer.commit(ExtendClaim { id, claim, now: self.clock.now() }).await {
                Ok(true) => {}
                Ok(false) | Err(CommitError::Stopping) => return,
                Err(error) => tracing::warn!(%error, "the claim of a reading could not be extended; trying again"),
            }
        }
    }
}

/// Whether a change may have made a source due.
const fn is_of_knowledge(notice: &Notice) -> bool {
    matches!(notice, Notice::Knowledge(_) | Notice::Unheard)
}
