//! `/api/v1/crm/{system}`: the settings and the health of CRM Sync.

#[cfg(feature = "openapi")]
use crate::schema::{AccountIdSchema, CreateContactSchema, LeadIdSchema, MillisSchema};
use crate::{CreateContactWord, CredentialForm, CrmSystemWord, PropertyTypeWord, RawSecret};
use knock_crm::CreateContact;
use knock_model::{AccountId, LeadId, Millis};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// `GET` and response of `PUT /api/v1/crm/{system}`: the settings of CRM Sync.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmSettings {
    /// The display name of the CRM.
    #[serde(default)]
    pub name: String,
    /// Whether this version can be connected to the CRM.
    #[serde(default)]
    pub is_available: bool,
    /// Whether an access to the CRM is set.
    #[serde(default)]
    pub is_connected: bool,
    /// Whether the access is set in the configuration of the server; it then cannot be changed here.
    #[serde(default)]
    pub is_configured: bool,
    /// Whether an installable app is known, from the configuration of the server or from an installation.
    #[serde(default)]
    pub is_app_known: bool,
    /// The credentials with which an account is connected at once; none if the CRM has no such way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<CredentialForm>,
    /// The credentials of an app that an account installs; none if the CRM has no such way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<CredentialForm>,
    /// The scopes that Knock needs, in the vendor's words.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The account, as of the last check of the access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<CrmAccountShown>,
    /// Whether CRM Sync is on; otherwise nothing is written.
    #[serde(default)]
    pub enabled: bool,
    /// Whether leads who did not connect via Knock are written too.
    #[serde(default)]
    pub other_sources: bool,
    /// The ids of segment templates: only leads who match one of them are written. Empty: all leads are written.
    #[serde(default)]
    pub accept: Vec<String>,
    /// The event that creates a contact where there is none.
    pub create_contact: CreateContactWord,
    /// The CRM property of each field.
    #[serde(default)]
    pub mapping: CrmMapping,
    /// The prefix of the names of created properties.
    #[serde(default)]
    pub prefix: String,
    /// The names of the contact properties that routing rules can use, as `crm.SYSTEM.fields.NAME`.
    #[serde(default)]
    pub read_fields: Vec<String>,
    /// Whether CRM Sync is paused: its writes wait until it is resumed.
    #[serde(default)]
    pub is_paused: bool,
    /// Whether signals of leads are written into the timelines of their contacts, once an hour at most.
    #[serde(default)]
    pub timeline: bool,
    /// Whether meetings are written as meetings of the CRM.
    #[serde(default)]
    pub meetings: bool,
    /// Whether contacts that were deleted in the CRM are created again.
    #[serde(default)]
    pub recreate_deleted: bool,
    /// Warnings: fields that the mapping does not write, and values that the last writes left out, in sentences.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The fields that can be mapped to properties of contacts.
    #[serde(default)]
    pub fields: Vec<CrmFieldShown>,
    /// The fields that can be mapped to properties of companies.
    #[serde(default)]
    pub company_fields: Vec<CrmFieldShown>,
}

/// The mapping: the CRM property of each field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmMapping {
    /// The properties of contacts: labels of fields, such as `Chat Status`, with names of properties, such as
    /// `knock_chat_status`.
    #[serde(default)]
    pub contact: BTreeMap<String, String>,
    /// The same of companies, such as `Knock: Intent Score` with `knock_intent_score`. Empty: no company is written.
    #[serde(default)]
    pub company: BTreeMap<String, String>,
}

/// The CRM account of an access.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmAccountShown {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The scopes that Knock needs and the access lacks, in the vendor's words.
    #[serde(default)]
    pub missing_scopes: Vec<String>,
    /// The scopes that Knock needs and that could not be checked, in the vendor's words.
    #[serde(default)]
    pub unchecked_scopes: Vec<String>,
}

/// A field that can be mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmFieldShown {
    /// Its label in a mapping.
    pub label: String,
    /// The name of its standard property.
    pub property: String,
    /// The type of its values.
    pub value_type: PropertyTypeWord,
    /// Its values, if they are a closed set.
    #[serde(default)]
    pub options: Vec<String>,
}

/// `PUT /api/v1/crm/{system}`: changes the settings of CRM Sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmDraft {
    /// Whether CRM Sync is on; otherwise nothing is written.
    pub enabled: bool,
    /// Whether leads who did not connect via Knock are written too.
    #[serde(default)]
    pub other_sources: bool,
    /// The ids of segment templates: only leads who match one of them are written. Empty: all leads are written.
    #[serde(default)]
    pub accept: Vec<String>,
    /// The event that creates a contact where there is none.
    pub create_contact: CreateContact,
    /// The CRM property of each field.
    #[serde(default)]
    pub mapping: CrmMapping,
    /// The prefix of the names of created properties; absent: unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The names of the contact properties that routing rules can use; absent: unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_fields: Option<Vec<String>>,
    /// Whether signals of leads are written into the timelines of their contacts; absent: unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<bool>,
    /// Whether meetings are written as meetings of the CRM; absent: unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings: Option<bool>,
    /// Whether contacts that were deleted in the CRM are created again; absent: unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recreate_deleted: Option<bool>,
}

/// `GET /api/v1/crm`: the CRMs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmSystems {
    /// All CRMs, in the order in which they are asked for an owner.
    pub systems: Vec<CrmSystemShown>,
}

/// A CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmSystemShown {
    /// Its word in paths: `salesforce`, `hubspot` or `marketo`.
    pub system: CrmSystemWord,
    /// The display name.
    pub name: String,
    /// Whether this version can be connected to it.
    #[serde(default)]
    pub is_available: bool,
    /// Whether an access to it is set.
    #[serde(default)]
    pub is_connected: bool,
}

/// `POST /api/v1/crm/{system}/connect` and `/install`: credentials by the names of their fields, which the settings
/// list. For an installation, none at all stand for the known app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct CrmCredentials(pub BTreeMap<String, RawSecret>);

/// `GET /api/v1/crm/{system}/properties`: the current properties of the CRM.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmProperties {
    /// The properties of contacts.
    #[serde(default)]
    pub contact: Vec<CrmPropertyShown>,
    /// The properties of companies.
    #[serde(default)]
    pub company: Vec<CrmPropertyShown>,
}

/// A CRM property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmPropertyShown {
    /// Its name, as used in a mapping.
    pub name: String,
    /// The display name.
    #[serde(default)]
    pub label: String,
    /// The type of its values.
    pub value_type: PropertyTypeWord,
    /// The values that it accepts, if they are listed.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether it is read-only: only the CRM itself writes it.
    #[serde(default)]
    pub is_read_only: bool,
    /// The labels of the fields that can be mapped to it.
    #[serde(default)]
    pub fits: Vec<String>,
}

/// `POST /api/v1/crm/{system}/dry-run`: the writes that CRM Sync would make now, without executing them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmDryRun {
    /// The writes, for the most recently active leads.
    pub writes: Vec<CrmWriteShown>,
    /// The writes of the companies of these leads, where the CRM has a company of their contacts.
    #[serde(default)]
    pub companies: Vec<CrmCompanyWriteShown>,
    /// The numbers of held leads, which would not be written, by reason.
    #[serde(default)]
    pub held: Vec<CrmHeld>,
    /// Whether there are leads beyond the limit, which were not checked.
    #[serde(default)]
    pub is_cut: bool,
}

/// The write that would be made for a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmWriteShown {
    /// The lead.
    pub lead: LeadId,
    /// The e-mail address of the lead.
    #[serde(default)]
    pub email: String,
    /// Whether a contact would be created if there is none.
    #[serde(default)]
    pub may_create: bool,
    /// The values by the names of properties; null clears a property.
    pub properties: BTreeMap<String, Value>,
}

/// The write that would be made for the company of some leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmCompanyWriteShown {
    /// The account of the leads.
    pub account: AccountId,
    /// Its registrable domain.
    #[serde(default)]
    pub domain: String,
    /// The values by the names of properties; null clears a property.
    pub properties: BTreeMap<String, Value>,
}

/// Held leads, which are not written, for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmHeld {
    /// The reason, as a sentence.
    pub reason: String,
    /// The number of leads.
    pub leads: u64,
}

/// `GET /api/v1/crm/{system}/health`: the health of CRM Sync.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmHealth {
    /// The instant of the last successful write, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_success_at: Option<Millis>,
    /// The number of leads that wait to be written.
    #[serde(default)]
    pub backlog: u64,
    /// The number of leads whose write is parked.
    #[serde(default)]
    pub parked: u64,
    /// The problem with the access or the account, in the vendor's words; empty if there is none.
    #[serde(default)]
    pub problem: String,
    /// The instant of the start of the problem, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem_since: Option<Millis>,
    /// The failed writes, the newest first; 50 at most.
    #[serde(default)]
    pub failures: Vec<CrmFailure>,
    /// The running resync, or the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resync: Option<CrmResync>,
}

/// A failed write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmFailure {
    /// Its number, which a retry names.
    pub number: i64,
    /// The lead; none if erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// Whether it is the write of the company of this lead.
    #[serde(default)]
    pub is_of_company: bool,
    /// Whether it is parked; otherwise it is retried automatically.
    #[serde(default)]
    pub is_parked: bool,
    /// The error in the CRM's words.
    pub words: String,
    /// The number of attempts.
    #[serde(default)]
    pub attempts: u32,
    /// The instant of the next attempt, or of parking, in ms since 1970.
    pub at: Millis,
}

/// A resync: all leads are written again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmResync {
    /// The instant of the start, in ms since 1970.
    pub started_at: Millis,
    /// The number of processed leads.
    pub done: u64,
    /// The number of leads at the start.
    pub total: u64,
    /// The instant of the end, in ms since 1970; none while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
}

/// `POST /api/v1/crm/{system}/retry`: retries parked writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmRetry {
    /// The number of one parked write; absent: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
}

/// `POST /api/v1/crm/{system}/pause`: pauses or resumes CRM Sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmPause {
    /// Whether CRM Sync is paused from now on.
    pub is_paused: bool,
}
