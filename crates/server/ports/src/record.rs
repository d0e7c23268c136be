//! Persons and companies.

use crate::{
    AccountCursor, AccountFilter, AccountQuery, CrmKnown, FirstTouch, LeadCursor, LeadFilter, LeadQuery, StoreError,
};
use knock_intent::{Change, Evidence, History};
use knock_model::{AccountId, CrmSystem, Email, IntentType, Label, LeadId, Millis, PersonName, Phone, SignalId};
use knock_routing::LeadFields;

/// A person.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    pub id: LeadId,
    /// The address; none for an anonymous lead.
    pub email: Option<Email>,
    /// Whether the person is marked as spam: excluded from every view and count.
    pub is_spam: bool,
    /// The name; empty if unknown.
    pub name: PersonName,
    /// The telephone number; none if unknown.
    pub phone: Option<Phone>,
    /// The name of the company as the team or the lead gave it; empty without one. The account by the domain of the
    /// address is another thing.
    pub company: Label,
    /// The company; none for a free mail address.
    pub account: Option<AccountId>,
    pub first_touch: FirstTouch,
    /// Evidence, bucket and the instant up to which they are folded.
    pub history: History,
    /// The number of signals on the timeline.
    pub signals: i64,
    /// The instant of the first signal.
    pub first_seen_at: Millis,
    /// The instant of the last signal.
    pub last_seen_at: Millis,
}

/// A company.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub id: AccountId,
    /// The registrable domain.
    pub domain: String,
    /// The evidence of all its persons and their bucket; its changes are not stored, so its `until` is always 0.
    pub history: History,
    pub contacts: i64,
    /// The number of signals on the timeline.
    pub signals: i64,
    /// The instant of the first signal.
    pub first_seen_at: Millis,
    /// The instant of the last signal.
    pub last_seen_at: Millis,
}

/// A person who may match a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadCandidate {
    pub lead: Lead,
    /// The domain of the company; empty without one.
    pub domain: String,
    /// `Knock: Intent Type`.
    pub intent_type: IntentType,
    /// The fields and the link of the last routing decision; none before.
    pub routed_by: Option<(LeadFields, String)>,
    /// The provider's data about the company, and about the person.
    pub enriched: [Option<LeadFields>; 2],
    /// What CRMs, deals and sessions say now; none where the condition does not ask for it.
    pub relation: Option<LeadRelation>,
}

/// The facts of the funnel stage of a person, and what the connected CRMs say (RO-05, RO-16).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadRelation {
    /// The results of the look-ups in the connected CRMs.
    pub crm: Vec<(CrmSystem, CrmKnown)>,
    /// Whether a deal was opened following a chat.
    pub has_deal: bool,
    /// Whether they have an address and were on a site in two sessions.
    pub has_earlier_session: bool,
}

/// A page of persons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadPage {
    pub leads: Vec<Lead>,
    /// The cursor of the next page; none at the end.
    pub next: Option<LeadCursor>,
}

/// A contact with a known type, with the values that decide the type of the company.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedLead {
    pub id: LeadId,
    /// The evidence of all signals.
    pub evidence: Evidence,
    /// `Knock: Intent Type`.
    pub kind: IntentType,
    /// The instant of the last decision about it.
    pub decided_at: Millis,
}

/// A position in a list sorted by an instant and an id, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The instant of the last item on the previous page.
    pub at: Millis,
    /// The id of that item.
    pub id: [u8; 16],
}

impl Cursor {
    /// Formats the cursor for a query string.
    pub fn to_text(self) -> String {
        format!("{}.{}", self.at.0, SignalId::from_bytes(self.id))
    }

    /// Parses that form.
    pub fn parse(text: &str) -> Option<Cursor> {
        let (at, id) = text.split_once('.')?;
        let id = LeadId::parse(id).map(|id| *id.as_bytes()).or_else(|_| SignalId::parse(id).map(|id| *id.as_bytes()));
        Some(Cursor { at: Millis(at.parse().ok()?), id: id.ok()? })
    }
}

/// Writing persons and companies.
pub trait RecordLedger {
    /// Stores a person, new or known.
    fn save_lead(&mut self, lead: &Lead) -> Result<(), StoreError>;

    /// Stores a company, new or known.
    fn save_account(&mut self, account: &Account) -> Result<(), StoreError>;

    /// Appends changes to a person's history.
    fn append_changes(&mut self, lead: LeadId, changes: &[Change]) -> Result<(), StoreError>;

    /// Deletes the changes of a person's history from an instant on, before it is folded again.
    fn forget_changes(&mut self, lead: LeadId, from: Millis) -> Result<(), StoreError>;
}

/// Reading persons and companies.
pub trait RecordView {
    /// The person with this id.
    fn lead(&self, id: LeadId) -> Result<Option<Lead>, StoreError>;

    /// The person with this address.
    fn lead_by_email(&self, email: &Email) -> Result<Option<Lead>, StoreError>;

    /// The company with this id.
    fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The company of this domain.
    fn account_of_domain(&self, domain: &str) -> Result<Option<AccountId>, StoreError>;

    /// Returns a page of the persons that match a query and `is_wanted`, except those marked as spam (MS-08). With a
    /// condition the page may end early, after [`LeadQuery::SCANNED`] persons, with a cursor for the next page.
    fn search_leads(
        &self,
        query: &LeadQuery,
        is_wanted: &mut dyn FnMut(&LeadCandidate) -> bool,
    ) -> Result<LeadPage, StoreError>;

    /// A page of persons, last seen first.
    fn leads(&self, filter: &LeadFilter, after: Option<LeadCursor>, limit: u32) -> Result<Vec<Lead>, StoreError> {
        let query = LeadQuery { filter: filter.clone(), after, limit, ..LeadQuery::default() };
        Ok(self.search_leads(&query, &mut |_| true)?.leads)
    }

    /// Returns persons first seen up to an instant, the last of them first, also those marked as spam now.
    fn leads_seen_by(&self, at: Millis, after: Option<Cursor>, limit: u32) -> Result<Vec<Lead>, StoreError>;

    /// Returns persons whose first touch is not computed yet: those stored by an earlier version.
    fn leads_without_first_touch(&self, limit: u32) -> Result<Vec<LeadId>, StoreError>;

    /// Returns the ids that were merged into a person.
    fn merged_from(&self, id: LeadId) -> Result<Vec<LeadId>, StoreError>;

    /// The current id of a person: the one that theirs was merged into, otherwise their own.
    fn merged_into(&self, id: LeadId) -> Result<LeadId, StoreError>;

    /// The changes of a person's bucket, oldest first.
    fn changes(&self, lead: LeadId) -> Result<Vec<Change>, StoreError>;

    /// Returns a page of the companies that match a query and have contacts, each with its place in the list.
    fn search_accounts(&self, query: &AccountQuery) -> Result<Vec<(AccountCursor, Account)>, StoreError>;

    /// The companies with contacts, last seen first.
    fn accounts(&self, filter: &AccountFilter, limit: u32) -> Result<Vec<Account>, StoreError> {
        let query = AccountQuery { filter: filter.clone(), limit, ..AccountQuery::default() };
        Ok(self.search_accounts(&query)?.into_iter().map(|(_, account)| account).collect())
    }

    /// Returns the persons of a company whose intent type is known, except those marked as spam.
    fn typed_contacts(&self, account: AccountId) -> Result<Vec<TypedLead>, StoreError>;

    /// Companies first seen up to an instant, the last of them first.
    fn accounts_seen_by(&self, at: Millis, after: Option<Cursor>, limit: u32) -> Result<Vec<Account>, StoreError>;

    /// The persons of a company, last seen first.
    fn contacts_of(&self, account: AccountId, limit: u32) -> Result<Vec<Lead>, StoreError>;
}
