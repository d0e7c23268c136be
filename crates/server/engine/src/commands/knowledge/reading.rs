//! Readings of sources: claimed by one server, and completed with passages or an error.

use super::sources::passages_of_others;
use super::{MOST_PASSAGES, changed};
use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Backoff, Millis, SourceId, SourceState};
use knock_ports::{KnowledgeSource, Ledger, SourceReading, StoreError};

/// The lifetime of a claim without an extension: after that, its server counts as dead, and the reading as failed.
const CLAIM: Millis = Millis(2 * Millis::MINUTE.0);
/// Longer than any wait: a later instant was set by a clock that has been set back since.
pub(crate) const LONGEST_WAIT: Millis = Millis::days(2);
/// The interval between readings of a source.
pub const READ_EVERY: Millis = Millis::days(1);
/// The delay after a failure; never longer than the interval between readings.
const RETRY: Backoff = Backoff { first: Millis(5 * Millis::MINUTE.0), longest: Millis(12 * 60 * Millis::MINUTE.0) };

/// The error of a reading whose server ended.
const LEFT: &str = "The server ended while it was read";

/// Claims sources that are due, and delays those whose server ended while it read them. Commands run one after the other,
/// on PostgreSQL those of all servers, so no two claim the same source.
#[derive(Clone, Copy, Debug)]
pub struct ClaimSources {
    pub now: Millis,
    pub limit: u32,
}

impl Command for ClaimSources {
    type Outcome = Vec<KnowledgeSource>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Self::Outcome, StoreError> {
        let mut claimed = Vec::new();
        for source in ledger.due_sources(self.now, LONGEST_WAIT, self.limit)? {
            if source.state == SourceState::Reading {
                failed(ledger, source, LEFT, self.now, changes)?;
                continue;
            }
            let (claim, failures) = (source.claim + 1, source.failures.saturating_add(1));
            let due_at = Some(self.now + CLAIM);
            // Counted as a failure until it succeeds: a reading that ends the server is noted before it begins.
            let source = KnowledgeSource { state: SourceState::Reading, claim, due_at, failures, ..source };
            ledger.save_source(&source)?;
            changes.push(Notice::Knowledge(source.site));
            claimed.push(source);
        }
        Ok(claimed)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Extends the claim of a running reading.
#[derive(Clone, Copy, Debug)]
pub struct ExtendClaim {
    pub id: SourceId,
    pub claim: i64,
    pub now: Millis,
}

impl Command for ExtendClaim {
    /// Whether the claim is still held.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<bool, StoreError> {
        let Some(source) = held(ledger, self.id, self.claim)? else { return Ok(false) };
        ledger.save_source(&KnowledgeSource { due_at: Some(self.now + CLAIM), ..source })?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Gives back the claims of a server that is stopped on purpose: the readings did no harm, so that they begin again at
/// once, and no failure is counted.
#[derive(Clone, Debug)]
pub struct ReturnClaims {
    pub claims: Vec<(SourceId, i64)>,
    pub now: Millis,
}

impl Command for ReturnClaims {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        for &(id, claim) in &self.claims {
            let Some(source) = held(ledger, id, claim)? else { continue };
            let (failures, due_at) = (source.failures.saturating_sub(1), Some(self.now));
            let source = KnowledgeSource { state: SourceState::Waiting, due_at, failures, ..source };
            ledger.save_source(&source)?;
            changes.push(Notice::Knowledge(source.site));
        }
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Completes a reading: its passages replace the old ones, in one transaction with the state of the source and the
/// version of the knowledge. After a failure the old passages stay.
#[derive(Clone, Debug)]
pub struct CompleteReading {
    pub id: SourceId,
    pub claim: i64,
    /// The reading, or the reason why it failed.
    pub outcome: Result<SourceReading, String>,
    pub now: Millis,
}

impl Command for CompleteReading {
    /// Whether the claim was still held: not if the source was deleted, or is claimed by another server.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let Some(source) = held(ledger, self.id, self.claim)? else { return Ok(false) };
        let others = passages_of_others(ledger, &source)?;
        match &self.outcome {
            Ok(reading) if fits(others, reading) => self.keep(ledger, source, reading, changes)?,
            Ok(_) => failed(
                ledger,
                source,
                &format!("The site would have more than {MOST_PASSAGES} passages"),
                self.now,
                changes,
            )?,
            Err(error) => failed(ledger, source, error, self.now, changes)?,
        }
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl CompleteReading {
    fn keep(
        &self,
        ledger: &mut dyn Ledger,
        source: KnowledgeSource,
        reading: &SourceReading,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let SourceReading { passages, left_out } = reading;
        ledger.save_passages(source.id, passages)?;
        let source = KnowledgeSource {
            state: SourceState::Ready,
            passages: u32::try_from(passages.len()).unwrap_or(u32::MAX),
            last_read_at: Some(self.now),
            due_at: Some(self.now + READ_EVERY),
            error: left_out.clone(),
            failures: 0,
            ..source
        };
        ledger.save_source(&source)?;
        changed(ledger, source.site, changes)
    }
}

/// Delays the next reading of a source, the longer the more failures are counted.
fn failed(
    ledger: &mut dyn Ledger,
    source: KnowledgeSource,
    error: &str,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let due_at = Some(now + RETRY.span(source.failures));
    let source = KnowledgeSource { state: SourceState::Failed, due_at, error: error.to_owned(), ..source };
    ledger.save_source(&source)?;
    changes.push(Notice::Knowledge(source.site));
    Ok(())
}

fn fits(others: u32, reading: &SourceReading) -> bool {
    u32::try_from(reading.passages.len()).is_ok_and(|count| others.saturating_add(count) <= MOST_PASSAGES)
}

/// Returns the source while it is read under this claim.
fn held(ledger: &dyn Ledger, id: SourceId, claim: i64) -> Result<Option<KnowledgeSource>, StoreError> {
    let source = ledger.source(id)?;
    Ok(source.filter(|source| source.state == SourceState::Reading && source.claim == claim))
}
