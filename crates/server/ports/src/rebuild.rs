//! Dropping what is derived, so that it can be computed again.

use crate::StoreError;
use knock_model::{AccountId, LeadId, SiteId, VisitorId};

/// All that is derived of one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// A browser's spans, and how many signals its sessions have.
    Browser(SiteId, VisitorId),
    /// A person but for their id and address, the changes of their bucket since the horizon, its timer.
    Lead(LeadId),
    /// The summary of a person's chat for lists, and its timer.
    Chat(LeadId),
    /// A company but for its id and domain, and the timer of its bucket.
    Account(AccountId),
}

/// Walking over all subjects and dropping what is derived of them.
pub trait RebuildLedger {
    /// Drops it. Rows that hold facts too stay, as if nothing had been derived yet.
    fn drop_derived(&mut self, of: Derived) -> Result<(), StoreError>;

    /// Drops what is derived of persons and companies that are not there; how many rows.
    fn drop_leftovers(&mut self) -> Result<u64, StoreError>;
}

/// Reading what is derived.
pub trait RebuildView {
    /// The first browsers past one, by site and id, that have signals, claims or spans.
    fn visitors_past(
        &self,
        past: Option<(SiteId, VisitorId)>,
        limit: usize,
    ) -> Result<Vec<(SiteId, VisitorId)>, StoreError>;

    /// The first persons past one, by id.
    fn leads_past(&self, past: Option<LeadId>, limit: usize) -> Result<Vec<LeadId>, StoreError>;

    /// The first companies past one, by id.
    fn accounts_past(&self, past: Option<AccountId>, limit: usize) -> Result<Vec<AccountId>, StoreError>;

    /// The derived rows of a subject as a text, readable or not: equal texts are equal rows.
    fn image(&self, of: Derived) -> Result<String, StoreError>;
}
