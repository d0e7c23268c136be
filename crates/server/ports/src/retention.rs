//! Retention: signals expire, and the sum of their evidence stays (`docs/domain.md`, Retention).

use crate::{PageView, StoreError};
use knock_intent::{Change, Evidence, Weighed};
use knock_model::{Millis, PersonName, SignalId, SiteId, VisitorId};

/// A fact: the summary of a browser's expired signals from one claim on it to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct CarryOver {
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The instant of the claim before the signals; 0 before the first claim. It cannot be divided further.
    pub from_at: Millis,
    /// The evidence of all the signals.
    pub evidence: Evidence,
    pub signals: i64,
    /// The instant of the first signal.
    pub first_at: Millis,
    /// The instant of the last signal.
    pub last_at: Millis,
    /// The first page view, for the first touch.
    pub first_view: Option<PageView>,
}

impl CarryOver {
    /// Creates an empty carry-over.
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

    /// Adds an expired signal.
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

/// A signal whose retention period is over.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpiredSignal {
    /// The signal's weight for the intent.
    pub weighed: Weighed,
    /// The page view, if it is one.
    pub view: Option<PageView>,
    /// The person's name in it; empty for none.
    pub person: PersonName,
}

/// The summary of a person's expired signals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// The history before this instant is not folded again: its changes are facts.
    pub horizon: Millis,
    /// The evidence of the expired signals.
    pub evidence: Evidence,
    /// The number of the signals.
    pub signals: i64,
    /// The instants of the first and the last of them; none if there are none.
    pub seen: Option<(Millis, Millis)>,
    /// The changes of the bucket before the horizon, oldest first.
    pub changes: Vec<Change>,
}

/// Signals of a browser that arrived together: the cursor of an iteration over signals by their arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub site: SiteId,
    pub at: Millis,
    pub visitor: VisitorId,
}

/// Expiry of signals.
pub trait RetentionLedger {
    /// Moves the horizon to `at`: the history before it is not folded again. The horizon never moves back.
    fn move_horizon(&mut self, at: Millis) -> Result<(), StoreError>;

    /// Drops the signals that [`RetentionView::expired`] returns, and their sessions. Returns the number of signals.
    fn drop_outlived(&mut self, site: SiteId, visitor: VisitorId, before: Millis) -> Result<u64, StoreError>;

    /// Stores the name in an `identify` with the claim that it made, if it made one.
    fn keep_name(&mut self, site: SiteId, visitor: VisitorId, cause: SignalId, name: &str) -> Result<(), StoreError>;

    /// Stores a carry-over and replaces the one after the same claim.
    fn save_carry_over(&mut self, carried: &CarryOver) -> Result<(), StoreError>;
}

/// Reading expired signals.
pub trait RetentionView {
    /// Returns the first arrivals after `past` that were before an instant, by site, instant and browser.
    fn arrivals_after(&self, past: Option<Arrival>, before: Millis, limit: u32) -> Result<Vec<Arrival>, StoreError>;

    /// Returns the signals of those sessions of a browser whose signals had all arrived before an instant.
    fn expired(&self, site: SiteId, visitor: VisitorId, before: Millis) -> Result<Vec<ExpiredSignal>, StoreError>;
}
