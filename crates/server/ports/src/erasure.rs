//! Giving out and erasing what is stored of a person.

use crate::{Span, StoreError};
use knock_identity::Claim;
use knock_model::{AccountId, Email, FileId, LeadId, Millis, SignalId, SiteId, VisitorId};

/// How much of a person was erased.
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
    /// Their files, whose contents are to be removed now.
    pub files: Vec<FileId>,
}

/// What of a person was erased with their record.
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
    /// Why browsers are a person's, by site, browser and instant.
    fn claims_of(&self, lead: LeadId) -> Result<Vec<(SiteId, VisitorId, Claim)>, StoreError>;

    /// All `identify` signals that name an address, believed or not. Reads through all signals.
    fn naming(&self, email: &Email) -> Result<Vec<(SiteId, VisitorId, SignalId)>, StoreError>;
}
