//! Export and erasure of the data of a person.

use crate::{Span, StoreError};
use knock_identity::Claim;
use knock_model::{AccountId, Email, FileId, LeadId, Millis, SignalId, SiteId, VisitorId};

/// The extent of an erasure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Browsers of the person, on each site.
    pub browsers: u64,
    pub signals: u64,
    /// Conversations.
    pub conversations: u64,
    /// Messages in them, by any author.
    pub messages: u64,
    /// Signals of other persons from which the address was removed.
    pub elsewhere: u64,
    /// The files of the person, whose contents are to be deleted now.
    pub files: Vec<FileId>,
}

/// The rows that were erased with a person's record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErasedLead {
    /// Conversations.
    pub conversations: u64,
    /// Messages in them, by any author.
    pub messages: u64,
    /// Files, whose contents are not removed yet.
    pub files: Vec<FileId>,
}

/// Erasing.
pub trait ErasureLedger {
    /// Erases the signals of a person's span that ends before `to`, except those that claim the browser for another
    /// person at the same instant. Returns their number.
    fn erase_signals(&mut self, span: &Span, to: Millis) -> Result<u64, StoreError>;

    /// Erases a person except spans and signals: their claims become [`Claim::ERASED`].
    fn erase_lead(&mut self, lead: LeadId) -> Result<ErasedLead, StoreError>;

    /// Erases a company.
    fn erase_account(&mut self, account: AccountId) -> Result<(), StoreError>;

    /// Removes the address and the name from an `identify`. Returns whether it was stored.
    fn blank_identify(&mut self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<bool, StoreError>;
}

/// Finding the data of a person.
pub trait ErasureView {
    /// The claims that connect browsers with a person, by site, browser and instant.
    fn claims_of(&self, lead: LeadId) -> Result<Vec<(SiteId, VisitorId, Claim)>, StoreError>;

    /// Returns all `identify` signals with an address, trusted or not. Scans all signals.
    fn naming(&self, email: &Email) -> Result<Vec<(SiteId, VisitorId, SignalId)>, StoreError>;
}
