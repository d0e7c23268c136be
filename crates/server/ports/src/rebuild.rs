//! Dropping derived values, so that they can be computed again.

use crate::StoreError;
use knock_model::{AccountId, LeadId, SiteId, VisitorId};

/// The derived values of one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// The spans of a browser, and the sequences of its sessions.
    Browser(SiteId, VisitorId),
    /// A person except the id and the address, the changes of the bucket since the horizon, and its timer.
    Lead(LeadId),
    /// The summaries of a person's chat and meetings for lists, and their timers. The timer of runs in workflows is
    /// compared with them, and set anew by a rebuild.
    Chat(LeadId),
    /// A company except the id and the domain, and the timer of its bucket.
    Account(AccountId),
}

/// Dropping derived values.
pub trait RebuildLedger {
    /// Drops the derived values of a subject. Rows that also hold facts stay, without derived values.
    fn drop_derived(&mut self, of: Derived) -> Result<(), StoreError>;

    /// Drops derived values of persons and companies that do not exist. Returns the number of rows.
    fn drop_leftovers(&mut self) -> Result<u64, StoreError>;
}

/// Iterating over all subjects, and reading derived values.
pub trait RebuildView {
    /// Returns the first browsers after `past` with signals, claims or spans, by site and id.
    fn visitors_past(
        &self,
        past: Option<(SiteId, VisitorId)>,
        limit: usize,
    ) -> Result<Vec<(SiteId, VisitorId)>, StoreError>;

    /// Returns the first persons after `past`, by id.
    fn leads_past(&self, past: Option<LeadId>, limit: usize) -> Result<Vec<LeadId>, StoreError>;

    /// Returns the first companies after `past`, by id.
    fn accounts_past(&self, past: Option<AccountId>, limit: usize) -> Result<Vec<AccountId>, StoreError>;

    /// The derived rows of a subject as a text, readable or not: equal texts are equal rows.
    fn image(&self, of: Derived) -> Result<String, StoreError>;
}
