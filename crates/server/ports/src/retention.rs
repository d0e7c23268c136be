//! Signals are kept for a time; what they say stays, summed up (`docs/domain.md`, Retention).

use crate::{PageView, StoreError};
use knock_intent::{Change, Evidence, Weighed};
use knock_model::{Millis, SignalId, SiteId, VisitorId};

/// A fact: what is left of a browser's signals that are no longer kept, from one claim on it to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct CarryOver {
    /// The site.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// The instant of the claim they follow; 0 before the first one. Nothing can be cut finer than this.
    pub from_at: Millis,
    /// All of them, summed up.
    pub evidence: Evidence,
    /// The number of the signals.
    pub signals: i64,
    /// The first of them.
    pub first_at: Millis,
    /// The last of them.
    pub last_at: Millis,
    /// The first page view, which tells where somebody came from.
    pub first_view: Option<PageView>,
}

impl CarryOver {
    /// One that holds nothing yet.
    pub fn new(site: SiteId, visitor: VisitorId, from_at: Millis) -> CarryOver {
        let (first_at, last_at) = (Millis(i64::MAX), Millis(0));
        CarryOver {
            site,
            visitor,
            from_at,
            evidence: Evidence::default(),
            signals: 0,
            first_at,
            last_at,
            first_view: None,
        }
    }

    /// Takes a signal over that will no longer be kept.
    pub fn take(&mut self, expired: ExpiredSignal) {
        let Weighed { at, category, strength, .. } = expired.weighed;
        self.evidence.add(category, strength, at);
        self.signals += 1;
        self.first_at = self.first_at.min(at);
        self.last_at = self.last_at.max(at);
        if let Some(view) = expired.view
            && self.first_view.as_ref().is_none_or(|first| view.at < first.at)
        {
            self.first_view = Some(view);
        }
    }
}

/// A signal that was kept for long enough.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpiredSignal {
    /// Their weight for the intent.
    pub weighed: Weighed,
    /// The page, when it is a page view.
    pub view: Option<PageView>,
    /// The person's name it gave; empty for none.
    pub person: String,
}

/// The summary of a person's expired signals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// The history before this instant is not folded again: its changes are facts.
    pub horizon: Millis,
    /// The signals that are no longer kept, summed up.
    pub evidence: Evidence,
    /// The number of the signals.
    pub signals: i64,
    /// The instants of the first and the last of them; none if there are none.
    pub seen: Option<(Millis, Millis)>,
    /// The changes of the bucket before the horizon, oldest first.
    pub changes: Vec<Change>,
}

/// Signals of a browser that arrived together: a walk over signals by their arrival goes on there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The site.
    pub site: SiteId,
    /// The instant of their arrival.
    pub at: Millis,
    /// The browser.
    pub visitor: VisitorId,
}

/// Letting go of signals.
pub trait RetentionLedger {
    /// From now on the history before `at` is not folded again. The horizon never moves back.
    fn move_horizon(&mut self, at: Millis) -> Result<(), StoreError>;

    /// Drops those signals and their sessions; how many signals.
    fn drop_outlived(&mut self, site: SiteId, visitor: VisitorId, before: Millis) -> Result<u64, StoreError>;

    /// Keeps the name that an `identify` gave with the claim it made, if it made one.
    fn keep_name(&mut self, site: SiteId, visitor: VisitorId, cause: SignalId, name: &str) -> Result<(), StoreError>;

    /// Stores a carry-over over the one that follows the same claim.
    fn save_carry_over(&mut self, carried: &CarryOver) -> Result<(), StoreError>;
}

/// Reading what expired its time.
pub trait RetentionView {
    /// The first arrivals past one that were before an instant, by site, instant and browser.
    fn arrivals_after(&self, past: Option<Arrival>, before: Millis, limit: u32) -> Result<Vec<Arrival>, StoreError>;

    /// The signals of a browser's sessions of which all had arrived before an instant.
    fn expired(&self, site: SiteId, visitor: VisitorId, before: Millis) -> Result<Vec<ExpiredSignal>, StoreError>;
}
