//! Settings of CRM Sync, and the state of leads in CRMs.

use super::RuleProperty;
use crate::StoreError;
use knock_crm::{CreateContact, Mapping, Object, Prefix, Record, Rules, Value};
use knock_model::{LeadId, Millis, RepId, SiteId, VisitorId};
use knock_routing::{CrmSystem, LeadFields};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The time limit for which a lead waits for a CRM.
pub const CRM_WAIT: Millis = Millis(800);
/// The validity of the result of a look-up.
pub const CRM_KEPT: Millis = Millis(5 * Millis::MINUTE.0);

/// The settings of CRM Sync.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrmSync {
    /// The connection; none if no account is connected.
    pub connection: Option<CrmConnection>,
    pub is_on: bool,
    /// Whether leads who did not connect via Knock are written too.
    pub other_sources: bool,
    /// The ids of segment templates, one of which has to match; if empty, every lead is accepted.
    pub accept: Vec<String>,
    /// The event that creates a contact.
    pub create: CreateContact,
    /// The property of contacts of each field.
    pub mapping: Mapping,
    /// The property of companies of each field. If empty, no company is written.
    #[serde(default)]
    pub companies: Mapping,
    /// The number of changes of the mapping and of resyncs: records of an earlier epoch are written again.
    pub epoch: u32,
    /// The prefix of created properties.
    pub prefix: String,
    /// The properties that routing reads.
    pub read_fields: Vec<String>,
    /// What the CRM said of these properties when they were chosen; without one where it could not be asked.
    #[serde(default)]
    pub read_schema: Vec<RuleProperty>,
    /// Whether the sync is paused, so that its writes wait.
    pub is_paused: bool,
    /// Whether signals are added to the timelines of contacts.
    #[serde(default)]
    pub timeline: bool,
    /// Whether meetings are written as meetings of the CRM.
    #[serde(default)]
    pub meetings: bool,
    /// Whether a contact that was deleted in the CRM is created again.
    #[serde(default)]
    pub recreate_deleted: bool,
}

impl Default for CrmSync {
    fn default() -> CrmSync {
        CrmSync {
            connection: None,
            is_on: false,
            other_sources: false,
            accept: Vec::new(),
            create: CreateContact::FirstMessage,
            mapping: Mapping::default(),
            companies: Mapping::default(),
            epoch: 0,
            prefix: Prefix::default().as_str().to_owned(),
            read_fields: Vec::new(),
            read_schema: Vec::new(),
            is_paused: false,
            timeline: false,
            meetings: false,
            recreate_deleted: false,
        }
    }
}

impl CrmSync {
    /// Returns the settings that decide whether a lead is written.
    pub fn rules(&self) -> Rules {
        Rules { is_on: self.is_on, other_sources: self.other_sources, create: self.create }
    }

    /// Returns the mapping of an object.
    pub fn mapping_of(&self, object: Object) -> &Mapping {
        match object {
            Object::Contact => &self.mapping,
            Object::Company => &self.companies,
        }
    }

    /// Returns the id of the account; empty before it is known.
    pub fn account(&self) -> &str {
        self.connection.as_ref().map_or("", |connection| &connection.account.id)
    }
}

/// The connection to a CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmConnection {
    /// The credentials, or the tokens of an installation, sealed by the server's own key; empty if the configuration has
    /// them.
    pub token: String,
    /// The account of the access.
    pub account: CrmAccountName,
    /// The app that the account has installed; none if a person entered the credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<CrmOauthApp>,
}

/// An app that an account has installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmOauthApp {
    /// Its credentials by the names of their fields; secrets are sealed by the server's own key.
    #[serde(flatten)]
    pub credentials: BTreeMap<String, String>,
    /// The installation: each one has its own tokens.
    pub grant: String,
}

/// An account, as last read from the CRM.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmAccountName {
    pub id: String,
    pub name: String,
    /// The scopes that Knock needs and the access lacks.
    pub missing_scopes: Vec<String>,
    /// The scopes that Knock needs and that could not be checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unchecked_scopes: Vec<String>,
}

/// The state of CRM Sync.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmState {
    /// The instant of the last successful write.
    pub last_success_at: Option<Millis>,
    /// The problem with the access or the account, and its start.
    pub problem: Option<(String, Millis)>,
    /// The error of the polling of changes, and its start.
    #[serde(default)]
    pub unread: Option<(String, Millis)>,
    /// The members by their ids as owners in the CRM.
    #[serde(default)]
    pub owners: BTreeMap<String, RepId>,
    /// The sentences about values that are left out of writes, by what they are about: a field, or an owner.
    #[serde(default)]
    pub skipped: BTreeMap<String, String>,
    /// The cursor for the polling of changes.
    pub cursor: Option<String>,
    /// The current resync, or the last one.
    pub resync: Option<CrmResyncState>,
}

/// A resync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmResyncState {
    /// The instant of the request.
    pub started_at: Millis,
    /// The last completed lead.
    pub past: Option<LeadId>,
    /// The number of leads written up to that one.
    pub done: u64,
    /// The number of leads written beyond it.
    #[serde(default)]
    pub ahead: u64,
    /// The claim of the server that executes it.
    #[serde(default)]
    pub claim: Option<CrmResyncClaim>,
    /// The number of leads at the start.
    pub total: u64,
    pub ended_at: Option<Millis>,
}

/// The server that carries out a resync, and the expiry of its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmResyncClaim {
    /// The id that the server made at its start.
    pub by: [u8; 16],
    /// The expiry of the claim.
    pub until: Millis,
}

/// The known state of a lead's record in a CRM.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CrmLeadRecord {
    /// The id of its account.
    pub account: String,
    /// The epoch of the mapping with which it was written.
    pub epoch: u32,
    /// The acknowledged values.
    pub record: Record,
    /// The id of the contact in the CRM.
    pub contact: Option<String>,
    /// The id of the company that the CRM associates with that contact, as last asked; none before, or if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The refused address whose contact was written, of a lead without an own address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The instant at which the contact was found to be deleted in the CRM; none while there is one, or never was.
    #[serde(default)]
    pub deleted_at: Option<Millis>,
    /// The expiry of the hold by a batch of a resync: other writes wait until then.
    #[serde(default)]
    pub held_until: Option<Millis>,
    /// The last entry of its timeline.
    #[serde(default)]
    pub noted: Option<CrmNoted>,
}

/// The known state of a company in a CRM.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CrmCompanyRecord {
    /// The id of its account.
    pub account: String,
    /// The epoch of the mapping with which it was written.
    pub epoch: u32,
    /// The acknowledged values.
    pub record: Record,
}

/// An entry of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmNoted {
    /// The instant of the write.
    pub at: Millis,
    /// The instant of arrival up to which signals are in this entry or an earlier one.
    pub until: Millis,
}

/// A write that a CRM accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct CrmLogged {
    /// The instant of the write.
    pub at: Millis,
    /// The change of the lead.
    pub cause: String,
    /// The instant of that change.
    pub cause_at: Millis,
    /// The id of the company that was written; none of a write to the contact.
    pub company: Option<String>,
    /// The names of properties with their values; none cleared a property.
    pub properties: Vec<(String, Option<Value>)>,
}

/// The result of a look-up of a person in a CRM.
#[derive(Clone, Debug, PartialEq)]
pub struct CrmKnown {
    /// The routing fields.
    pub fields: LeadFields,
    /// The id of the contact; none if there is none.
    pub contact: Option<String>,
    pub has_open_deal: bool,
    pub has_won_deal: bool,
    /// The instant of the look-up.
    pub at: Millis,
}

/// Writing settings and state of CRM Sync.
pub trait CrmLedger {
    /// Stores the settings.
    fn save_crm_sync(&mut self, system: CrmSystem, sync: &CrmSync) -> Result<(), StoreError>;

    /// Stores the state of the sync.
    fn save_crm_state(&mut self, system: CrmSystem, state: &CrmState) -> Result<(), StoreError>;

    /// Stores the known state of a lead's record.
    fn save_crm_record(&mut self, system: CrmSystem, lead: LeadId, record: &CrmLeadRecord) -> Result<(), StoreError>;

    /// Stores the known state of a company; none removes it.
    fn save_crm_company(
        &mut self,
        system: CrmSystem,
        company: &str,
        record: Option<&CrmCompanyRecord>,
    ) -> Result<(), StoreError>;

    /// Stores a write under an id.
    fn append_crm_write(
        &mut self,
        system: CrmSystem,
        id: [u8; 16],
        lead: LeadId,
        write: &CrmLogged,
    ) -> Result<(), StoreError>;

    /// Stores the data of a CRM about a person.
    fn save_crm_known(&mut self, system: CrmSystem, lead: LeadId, known: &CrmKnown) -> Result<(), StoreError>;
}

/// Reading settings and state of CRM Sync.
pub trait CrmView {
    /// The settings of every CRM that were ever set, in the order of [`CrmSystem::ALL`]; in one read.
    fn crm_syncs(&self) -> Result<Vec<(CrmSystem, CrmSync)>, StoreError>;

    /// The settings of CRM Sync; none before they were ever set.
    fn crm_sync(&self, system: CrmSystem) -> Result<Option<CrmSync>, StoreError>;

    /// The state of CRM Sync.
    fn crm_state(&self, system: CrmSystem) -> Result<CrmState, StoreError>;

    /// The known state of a lead's record.
    fn crm_record(&self, system: CrmSystem, lead: LeadId) -> Result<Option<CrmLeadRecord>, StoreError>;

    /// Returns the leads whose record has this contact id.
    fn leads_of_crm_contact(&self, system: CrmSystem, contact: &str) -> Result<Vec<LeadId>, StoreError>;

    /// The known state of a company.
    fn crm_company(&self, system: CrmSystem, company: &str) -> Result<Option<CrmCompanyRecord>, StoreError>;

    /// Returns the leads whose contact is associated with this company.
    fn leads_of_crm_company(&self, system: CrmSystem, company: &str) -> Result<Vec<LeadId>, StoreError>;

    /// The writes of a lead, the newest first, those to the company of the lead among them.
    fn crm_writes(&self, system: CrmSystem, lead: LeadId, limit: u32) -> Result<Vec<CrmLogged>, StoreError>;

    /// The result of the last look-up of a person.
    fn crm_known(&self, system: CrmSystem, lead: LeadId) -> Result<Option<CrmKnown>, StoreError>;

    /// The number of persons with an address.
    fn count_named(&self) -> Result<u64, StoreError>;

    /// Returns the first persons after `past` with an address, by id.
    fn named_past(&self, past: Option<LeadId>, limit: u32) -> Result<Vec<LeadId>, StoreError>;

    /// Whether the tracker has ever sent a signal of a browser.
    fn was_tracked(&self, site: SiteId, visitor: VisitorId) -> Result<bool, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_connection_of_an_earlier_version_is_read_and_written_as_it_was() {
        let app = json!({"client_id": "7b1c-41", "client_secret": "sealed", "grant": "01"});
        let account = json!({"id": "146", "name": "acme.example", "missing_scopes": []});
        for stored in
            [json!({"token": "sealed", "account": account}), json!({"token": "sealed", "account": account, "app": app})]
        {
            let connection: CrmConnection = serde_json::from_value(stored.clone()).expect("it is read");
            let credentials = connection.app.as_ref().map(|app| app.credentials.len());
            assert_eq!(credentials, stored.get("app").map(|_| 2), "the installation is no credential");
            assert_eq!(serde_json::to_value(&connection).expect("it is written"), stored);
        }
    }
}
