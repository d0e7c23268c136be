//! Port for a CRM: the reads and writes of Knock, the same for every CRM.
//!
//! The records and properties to write are decided before (`knock_crm`); a CRM returns an outcome for each record. An
//! implementation keeps the limits of its vendor: it waits for a short time, and returns [`Refusal::Retry`] if that is
//! not enough. Later attempts, their order and their presentation are up to the caller.

mod change;
mod contact;
mod effect;
mod record;
mod refusal;
mod rule_property;
mod rule_value;
mod sync;
mod vendor;

pub use change::{CrmChange, CrmChanges};
pub use contact::{CrmContact, CrmDeal, CrmOwnerOf, CrmQuestion, DealState};
pub use effect::{CrmCompanyEffect, CrmEffect, CrmMeetingEffect, CrmNoteEffect};
pub use record::{CrmKey, CrmMeeting, CrmMeetingState, CrmNote, CrmRecord, CrmWritten};
pub use refusal::Refusal;
pub use rule_property::RuleProperty;
pub use sync::{
    CRM_KEPT, CRM_WAIT, CrmAccountName, CrmCompanyRecord, CrmConnection, CrmKnown, CrmLeadRecord, CrmLedger, CrmLogged,
    CrmNoted, CrmOauthApp, CrmResyncClaim, CrmResyncState, CrmState, CrmSync, CrmView,
};
pub use vendor::CrmVendor;

pub use knock_crm::Object as CrmObject;
use knock_crm::Property;
use knock_model::PersonName;
use std::pin::Pin;

/// A request to a CRM in progress. Dropping it is safe at any time, but a sent request may have been executed.
pub type CrmFuture<'c, T> = Pin<Box<dyn Future<Output = Result<T, Refusal>> + Send + 'c>>;

/// A write in progress: one result for each record, in their order, also after errors.
pub type WrittenFuture<'c> = Pin<Box<dyn Future<Output = Vec<CrmWritten>> + Send + 'c>>;

/// The account that the access belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmAccount {
    pub id: String,
    /// The display name of the account, or its address.
    pub name: String,
    /// The scopes of the access, in the vendor's words.
    pub scopes: Vec<String>,
    /// The scopes that Knock needs and the access lacks.
    pub missing_scopes: Vec<String>,
    /// The scopes that Knock needs and that could not be checked, with the reason.
    pub unchecked_scopes: Option<(Vec<String>, String)>,
    /// The limit of requests per day; none if the vendor does not return it.
    pub daily_limit: Option<u64>,
    /// The number of requests left today.
    pub daily_left: Option<u64>,
}

/// A person who can own records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmOwner {
    /// The id as an owner.
    pub id: String,
    /// The address; empty if there is none, as for a queue.
    pub email: String,
    pub name: PersonName,
    pub is_active: bool,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmPage<T> {
    pub entries: Vec<T>,
    /// The cursor of the next page; none at the end.
    pub next: Option<String>,
}

/// The outcome of the creation of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmCreated {
    /// The property exists, created now or before.
    There(Property),
    /// The property was not created, for this reason.
    Rejected(String),
}

/// A CRM with the access of one account.
pub trait Crm: Send + Sync {
    /// The account of the access, and its scopes.
    fn account(&self) -> CrmFuture<'_, CrmAccount>;

    /// The owners, also those who left, page by page.
    fn owners<'c>(&'c self, from: Option<&'c str>) -> CrmFuture<'c, CrmPage<CrmOwner>>;

    /// The properties of an object, as they are now.
    fn properties(&self, object: CrmObject) -> CrmFuture<'_, Vec<Property>>;

    /// The properties of an object as they were some minutes ago at most, for checks before a write.
    fn kept_properties(&self, object: CrmObject) -> CrmFuture<'_, Vec<Property>> {
        self.properties(object)
    }

    /// Creates properties, one result each. An existing property is not changed.
    fn create_properties<'c>(&'c self, object: CrmObject, wanted: &'c [Property]) -> CrmFuture<'c, Vec<CrmCreated>>;

    /// Finds the contacts with these addresses, one result each. Also finds contacts that were written a moment ago.
    fn find<'c>(&'c self, question: &'c CrmQuestion) -> CrmFuture<'c, Vec<Option<CrmContact>>>;

    /// Writes records; records with the same key are written in their order. A repeated write changes nothing.
    fn write<'c>(&'c self, records: &'c [CrmRecord]) -> WrittenFuture<'c>;

    /// Adds entries to timelines, one result each. An entry whose key exists already is not added again.
    fn note<'c>(&'c self, notes: &'c [CrmNote]) -> WrittenFuture<'c>;

    /// Creates or updates a meeting and returns its id; the same key is the same meeting.
    fn meeting<'c>(&'c self, meeting: &'c CrmMeeting) -> CrmFuture<'c, String>;

    /// The changes since a cursor; without one, from now on. A change may be returned more than once.
    fn changes<'c>(&'c self, since: Option<&'c str>) -> CrmFuture<'c, CrmChanges>;
}
