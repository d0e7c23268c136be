//! What leads and browsers did, read for many of them at once: a dry run of a workflow goes through it.

use crate::StoreError;
use knock_intent::Evidence;
use knock_model::{Bucket, Category, LeadId, Millis, SignalId, SignalType, SiteId, VisitorId};

/// A stored signal, as far as workflows see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastSignal {
    pub id: SignalId,
    /// Its own instant.
    pub at: Millis,
    /// The instant of its arrival.
    pub received_at: Millis,
    pub kind: SignalType,
    pub category: Category,
    /// The name of a form, or of a clicked Knock Link; empty for others.
    pub name: String,
}

/// A browser that belonged to no lead in a span of time.
#[derive(Clone, Debug, PartialEq)]
pub struct UnnamedBrowser {
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The evidence of all its signals in that span.
    pub evidence: Evidence,
    /// Its signals, by arrival, instant and id.
    pub signals: Vec<PastSignal>,
}

/// Reading histories.
pub trait WorkflowHistoryView {
    /// Fetches what [`WorkflowHistoryView::past_signals`] and the other reads of these leads give, where reading one
    /// after the other is slow.
    fn fetch_histories(&self, leads: &[LeadId], from: Millis) -> Result<(), StoreError>;

    /// The signals of a lead that arrived from an instant on, by arrival, instant and id.
    fn past_signals(&self, lead: LeadId, from: Millis) -> Result<Vec<PastSignal>, StoreError>;

    /// The buckets that the score of a lead has been in, each from its instant on.
    fn past_buckets(&self, lead: LeadId) -> Result<Vec<(Millis, Bucket)>, StoreError>;

    /// The browsers of a site whose signals arrived from an instant on, by id; at most `limit`.
    fn browsers_since(&self, site: SiteId, from: Millis, limit: u32) -> Result<Vec<VisitorId>, StoreError>;

    /// Those of some browsers of a site that have signals which belong to no lead and arrived from an instant on.
    fn unnamed_browsers(
        &self,
        site: SiteId,
        visitors: &[VisitorId],
        from: Millis,
    ) -> Result<Vec<UnnamedBrowser>, StoreError>;
}
