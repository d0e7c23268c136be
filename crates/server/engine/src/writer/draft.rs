//! Defers batches to the backlog within a transaction and replays a visitor's deferred batches before commands that
//! depend on them.

use super::after::After;
use super::backlog::{Backlog, BacklogChanges, Highest};
use crate::changes::Changes;
use knock_model::{SessionId, SignalType, VisitorId};
use knock_ports::{Batch, DeferredBatch, Ledger, Place, StoreError, number_in_session};
use std::collections::{BTreeMap, HashSet};

/// Does what follows from what happened.
pub(crate) type React = fn(&mut dyn Ledger, &mut Changes) -> Result<(), StoreError>;
/// Runs a deferred batch.
pub(crate) type Replay = fn(&mut dyn Ledger, DeferredBatch, &mut Changes) -> Result<(), StoreError>;

/// The backlog within a running transaction.
pub(super) struct Draft<'b> {
    backlog: &'b Backlog,
    replay: Replay,
    changes: BacklogChanges,
    /// Browsers without older deferred batches.
    cleared: HashSet<VisitorId>,
}

impl<'b> Draft<'b> {
    pub(super) fn new(backlog: &'b Backlog, replay: Replay) -> Draft<'b> {
        Draft { backlog, replay, changes: BacklogChanges::default(), cleared: HashSet::new() }
    }

    pub(super) fn into_changes(self) -> BacklogChanges {
        self.changes
    }

    /// Defers a batch if all of it is certainly new; returns whether it did.
    pub(super) fn defer(&mut self, ledger: &mut dyn Ledger, batch: Batch<'_>) -> Result<bool, StoreError> {
        let Some(highest) = self.follows(ledger, batch)? else { return Ok(false) };
        let Batch { site, visitor, signals } = batch;
        let number = ledger.defer(batch)?;
        let count = u32::try_from(signals.len()).unwrap_or(u32::MAX);
        self.changes.deferred.push(Place { number, site, visitor, signals: count });
        self.changes.rise(visitor, highest);
        Ok(true)
    }

    /// Replays the deferred batches that a command depends on.
    pub(super) fn before(
        &mut self,
        ledger: &mut dyn Ledger,
        after: After,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        if self.backlog.is_empty() && self.changes.deferred.is_empty() {
            return Ok(());
        }
        let visitor = match after {
            // A command that reads everything does not start before the backlog is empty.
            After::Nothing | After::All => return Ok(()),
            After::Browser(visitor) => visitor,
            After::Conversation(id) => match ledger.conversation(id)? {
                Some(conversation) => conversation.visitor,
                None => return Ok(()),
            },
        };
        let older = self.backlog.of(visitor).filter(|_| self.cleared.insert(visitor));
        let numbers: Vec<i64> = older.iter().flat_map(|waiting| &waiting.numbers).copied().collect();
        let newer = self.changes.deferred.extract_if(.., |place| place.visitor == visitor);
        let newer: Vec<i64> = newer.map(|place| place.number).collect();
        self.changes.highest.remove(&visitor);
        self.changes.done.extend(&numbers);
        numbers.into_iter().chain(newer).try_for_each(|number| self.take_deferred(ledger, number, changes))
    }

    /// Replays the oldest batches, by their numbers.
    pub(super) fn catch_up(
        &mut self,
        ledger: &mut dyn Ledger,
        numbers: &[i64],
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        self.changes.done.extend(numbers);
        numbers.iter().try_for_each(|number| self.take_deferred(ledger, *number, changes))
    }

    /// Returns the sessions of a batch with their highest numbers, if these are above all known ones.
    fn follows(&self, ledger: &mut dyn Ledger, batch: Batch<'_>) -> Result<Option<Highest>, StoreError> {
        let mut sequences: BTreeMap<SessionId, Vec<u32>> = BTreeMap::new();
        for signal in batch.signals {
            let Some(number) = number_in_session(signal.seq).filter(|_| signal.kind != SignalType::Identify) else {
                return Ok(None);
            };
            sequences.entry(signal.session).or_default().push(number);
        }
        let mut highest = Highest::default();
        for (session, mut numbers) in sequences {
            numbers.sort_unstable();
            let Some(known) = self.highest(ledger, batch, session)? else { return Ok(None) };
            let is_new = numbers.first().is_some_and(|first| *first > known) && numbers.is_sorted_by(|a, b| a < b);
            if !is_new {
                return Ok(None);
            }
            if let Some(last) = numbers.last() {
                highest.set(session, *last);
            }
        }
        Ok(Some(highest).filter(|highest| !highest.is_empty()))
    }

    /// Returns the highest number of a session so far; none if it is unknown.
    fn highest(
        &self,
        ledger: &mut dyn Ledger,
        batch: Batch<'_>,
        session: SessionId,
    ) -> Result<Option<u32>, StoreError> {
        let drafted = self.changes.highest.get(&batch.visitor).and_then(|highest| highest.of(session));
        if drafted.is_some() {
            return Ok(drafted);
        }
        let older = self.backlog.of(batch.visitor).filter(|_| !self.cleared.contains(&batch.visitor));
        let known = match older.map(|waiting| waiting.highest.as_ref()) {
            Some(None) => return Ok(None),
            Some(Some(highest)) => highest.of(session),
            None => None,
        };
        if known.is_some() {
            return Ok(known);
        }
        Ok(Some(ledger.sequence(batch.site, batch.visitor, session)?.highest))
    }

    fn take_deferred(&self, ledger: &mut dyn Ledger, number: i64, changes: &mut Changes) -> Result<(), StoreError> {
        match ledger.take_deferred(number)? {
            Some(batch) => (self.replay)(ledger, batch, changes),
            None => Ok(()),
        }
    }
}
