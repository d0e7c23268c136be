//! The history of a score bucket: what changed it, and when decay did.

use crate::evidence::Evidence;
use crate::score::{bucket_at, next_change, score};
use knock_model::{Bucket, Category, Millis, SignalId};

/// A signal as far as the score is concerned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    pub id: SignalId,
    pub at: Millis,
    pub category: Category,
    /// The strength; 0 if it carries no intent.
    pub strength: f64,
}

/// The bucket changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The instant of the signal, or the one at which decay was due.
    pub at: Millis,
    /// Before; none at the first signal.
    pub from: Option<Bucket>,
    /// After.
    pub to: Bucket,
    /// The signal that did it; none when decay did.
    pub cause: Option<SignalId>,
}

/// A history folded up to an instant. Folding the same signals in any number of steps gives the same changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// All signals so far.
    pub evidence: Evidence,
    /// The bucket; none before the first signal.
    pub bucket: Option<Bucket>,
    /// The instant before which nothing can be added any more.
    pub until: Millis,
    /// The instant at which the bucket changes without a further signal.
    pub next_change_at: Option<Millis>,
}

impl History {
    /// Folds signals, sorted by instant and id, none before [`History::until`].
    pub fn add(&mut self, signals: &[Weighed], changes: &mut alloc::vec::Vec<Change>) {
        for (place, signal) in signals.iter().enumerate() {
            let before = signal.at - Millis(1);
            if place == 0 {
                self.advance(before, changes);
            } else if self.bucket.is_some_and(|bucket| bucket_at(&self.evidence, before) != bucket) {
                self.look_ahead();
                self.advance(before, changes);
            }
            self.evidence.add(signal.category, signal.strength, signal.at);
            self.settle(signal.at, Some(signal.id), changes);
        }
        if !signals.is_empty() {
            self.look_ahead();
        }
    }

    /// Goes on at `horizon` from a history that is not folded again: the evidence of all signals before it, the bucket
    /// that the last change left, and when the last of these was. Where two histories became one, their bucket
    /// together is that of the horizon.
    pub fn resume(
        evidence: Evidence,
        bucket: Option<Bucket>,
        until: Millis,
        horizon: Millis,
        changes: &mut alloc::vec::Vec<Change>,
    ) -> History {
        let mut history = History { evidence, bucket, until, next_change_at: None };
        if bucket != Some(bucket_at(&history.evidence, horizon - Millis(1))) {
            history.settle(horizon, None, changes);
        }
        history.look_ahead();
        history
    }

    /// Lets time pass up to and including `now`.
    pub fn advance(&mut self, now: Millis, changes: &mut alloc::vec::Vec<Change>) {
        while let Some(due) = self.next_change_at.filter(|due| *due <= now) {
            self.settle(due, None, changes);
            self.look_ahead();
        }
    }

    /// Takes `evidence` as it stands at `now`, without asking how it came about: anything may still be added.
    pub fn restate(&mut self, evidence: Evidence, now: Millis) {
        let scored = score(&evidence, now);
        *self = History {
            evidence,
            bucket: Some(scored.bucket),
            until: Millis::default(),
            next_change_at: scored.next_change_at,
        };
    }

    fn settle(&mut self, at: Millis, cause: Option<SignalId>, changes: &mut alloc::vec::Vec<Change>) {
        let bucket = bucket_at(&self.evidence, at);
        if self.bucket != Some(bucket) {
            record(Change { at, from: self.bucket, to: bucket, cause }, changes);
        }
        self.bucket = Some(bucket);
        self.until = self.until.max(at);
    }

    /// Finds when the bucket changes next. Costly, so it is done where somebody waits for it.
    fn look_ahead(&mut self) {
        self.next_change_at = self.bucket.and_then(|bucket| next_change(&self.evidence, bucket, self.until));
    }
}

/// One change an instant: what happens at the same one is a single step, or none at all.
fn record(change: Change, changes: &mut alloc::vec::Vec<Change>) {
    match changes.last_mut() {
        Some(last) if last.at == change.at => {
            last.to = change.to;
            last.cause = change.cause;
            if last.from == Some(last.to) {
                changes.pop();
            }
        }
        _ => changes.push(change),
    }
}
