//! Giving out and erasing what is stored of a person.

use crate::{Span, StoreError};
use knock_identity::Claim;
use knock_model::{AccountId, Email, FileId, LeadId, Millis, SignalId, SiteId, VisitorId};

/// The extent of an erasure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Browsers that were theirs, on each site.
    pub browsers: u64,
    /// Signals.
    pub signals: u64,
    /// Conversations.
    pub conversations: u64,
    /// Messages in them, by any author.
    pub messages: u64,
    /// Signals of others that named their address and no longer do.
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
    /// Files, whose contents are still there.
    pub files: Vec<FileId>,
}

/// Erasing.
pub trait ErasureLedger {
    /// Erases the signals of a person's span that ends before `to`, but for those that make the browser another
    /// person's at the same instant; how many.
    fn erase_signals(&mut self, span: &Span, to: Millis) -> Result<u64, StoreError>;

    /// Erases a person but for spans and signals: their claims become [`Claim::ERASED`].
    fn erase_lead(&mut self, lead: LeadId) -> Result<ErasedLead, StoreError>;

    /// Erases a company.
    fn erase_account(&mut self, account: AccountId) -> Result<(), StoreError>;

    /// Takes the address and the name out of an `identify`; whether it was there.
    fn blank_identify(&mut self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<bool, StoreError>;
}

/// Finding what is stored of a person.
pub trait ErasureView {
    /// The claims that connect browsers with a person, by site, browser and instant.
    fn claims_of(&self, lead: LeadId) -> Result<Vec<(SiteId, VisitorId, Claim)>, StoreError>;

    /// All `identify` signals that name an address, believed or not. Reads through all signals.
    fn naming(&self, email: &Email) -> Result<Vec<(SiteId, VisitorId, SignalId)>, StoreError>;
}
