//! `/api/v1/crm/hubspot`: how a CRM is synced, and how that is going.

#[cfg(feature = "openapi")]
use crate::schema::{CreateContactSchema, LeadIdSchema, MillisSchema};
use crate::{CreateContactWord, PropertyTypeWord, RawSecret};
use knock_crm::CreateContact;
use knock_model::{LeadId, Millis};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// `GET` and answer of `PUT /api/v1/crm/hubspot`: how the CRM is synced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmSettings {
    /// Whether there is an access to the CRM.
    #[serde(default)]
    pub is_connected: bool,
    /// Whether the access stands in the configuration of the server: it cannot be changed here.
    #[serde(default)]
    pub is_configured: bool,
    /// Whether an app is known that can be installed: from the configuration of the server, or from an installation.
    #[serde(default)]
    pub is_app_known: bool,
    /// The account, as it was when the access was checked last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<CrmAccountShown>,
    /// The switch: whether anything is written.
    #[serde(default)]
    pub enabled: bool,
    /// Whether leads are written who did not connect via Knock.
    #[serde(default)]
    pub other_sources: bool,
    /// Ids of segment templates: only leads in one of them are written. Empty: all are.
    #[serde(default)]
    pub accept: Vec<String>,
    /// The event that creates a contact where there is none.
    pub create_contact: CreateContactWord,
    /// The property of each field.
    #[serde(default)]
    pub mapping: CrmMapping,
    /// The prefix of the names of created properties.
    #[serde(default)]
    pub prefix: String,
    /// Names of properties of contacts that routing rules can use, as `crm.hubspot.fields.NAME`.
    #[serde(default)]
    pub read_fields: Vec<String>,
    /// Whether the writes wait until they are let go on.
    #[serde(default)]
    pub is_paused: bool,
    /// Whether what leads do on the site is put into the timelines of their contacts, once an hour at most.
    #[serde(default)]
    pub timeline: bool,
    /// Whether meetings are written as the CRM's own.
    #[serde(default)]
    pub meetings: bool,
    /// Warnings: fields that the mapping does not write, in sentences.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The fields that can be mapped.
    #[serde(default)]
    pub fields: Vec<CrmFieldShown>,
}

/// Fields of leads and the names of the properties that have them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmMapping {
    /// Of contacts: labels such as `Chat Status` with names such as `knock_chat_status`.
    #[serde(default)]
    pub contact: BTreeMap<String, String>,
}

/// The account of an access.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmAccountShown {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Of what Knock needs, what the access may not do, in the vendor's words.
    #[serde(default)]
    pub missing_scopes: Vec<String>,
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
    /// Its values, where they are a closed set.
    #[serde(default)]
    pub options: Vec<String>,
}

/// `PUT /api/v1/crm/hubspot`: changes how the CRM is synced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmDraft {
    /// The switch: whether anything is written.
    pub enabled: bool,
    /// Whether leads are written who did not connect via Knock.
    #[serde(default)]
    pub other_sources: bool,
    /// Ids of segment templates: only leads in one of them are written. Empty: all are.
    #[serde(default)]
    pub accept: Vec<String>,
    /// The event that creates a contact where there is none.
    pub create_contact: CreateContact,
    /// The property of each field.
    #[serde(default)]
    pub mapping: CrmMapping,
    /// The prefix of the names of created properties; absent: unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Names of properties of contacts that routing rules can use; absent: as they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_fields: Option<Vec<String>>,
    /// Whether what leads do on the site is put into the timelines of their contacts; absent: as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<bool>,
    /// Whether meetings are written as the CRM's own; absent: as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings: Option<bool>,
}

/// `POST /api/v1/crm/hubspot/install`: the app to install. Empty fields: the one that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmInstall {
    /// The public id of the app.
    #[serde(default)]
    pub client_id: String,
    /// The secret of the app.
    #[serde(default)]
    pub client_secret: RawSecret,
}

/// `POST /api/v1/crm/hubspot/connect`: the access to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmAccess {
    /// The token of a private app.
    pub token: RawSecret,
}

/// `GET /api/v1/crm/hubspot/properties`: the properties of contacts as they are now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmProperties {
    /// Of contacts.
    #[serde(default)]
    pub contact: Vec<CrmPropertyShown>,
}

/// A property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmPropertyShown {
    /// Its name, as a mapping has it.
    pub name: String,
    /// The display name.
    #[serde(default)]
    pub label: String,
    /// The type of its values.
    pub value_type: PropertyTypeWord,
    /// The values that it takes, where they are listed.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether only the CRM itself writes it.
    #[serde(default)]
    pub is_read_only: bool,
    /// The labels of the fields that it can have.
    #[serde(default)]
    pub fits: Vec<String>,
}

/// `POST /api/v1/crm/hubspot/dry-run`: what would be written now; nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmDryRun {
    /// The writes, of the leads who were active last.
    pub writes: Vec<CrmWriteShown>,
    /// The leads who were looked at and of whom nothing would be written, by the reason.
    #[serde(default)]
    pub held: Vec<CrmHeld>,
    /// Whether there are leads who were not looked at.
    #[serde(default)]
    pub is_cut: bool,
}

/// The write that would be made for a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmWriteShown {
    /// The lead.
    pub lead: LeadId,
    /// Their address.
    #[serde(default)]
    pub email: String,
    /// Whether a contact would be created where there is none.
    #[serde(default)]
    pub may_create: bool,
    /// Names of properties with their values; null clears one.
    pub properties: BTreeMap<String, Value>,
}

/// Leads of whom nothing would be written, for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmHeld {
    /// Why: a sentence.
    pub reason: String,
    /// The number of leads.
    pub leads: u64,
}

/// `GET /api/v1/crm/hubspot/health`: how the sync is going.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmHealth {
    /// The instant of the last successful write, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_success_at: Option<Millis>,
    /// Leads that wait to be written.
    #[serde(default)]
    pub backlog: u64,
    /// Leads whose write was given up.
    #[serde(default)]
    pub parked: u64,
    /// The problem with the access or the account, in the vendor's words; empty if there is none.
    #[serde(default)]
    pub problem: String,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem_since: Option<Millis>,
    /// The writes that did not succeed, the newest first; 50 at most.
    #[serde(default)]
    pub failures: Vec<CrmFailure>,
    /// The resync that is under way, or the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resync: Option<CrmResync>,
}

/// A write that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmFailure {
    /// Its number: what it is tried again by.
    pub number: i64,
    /// The lead; none if erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// Whether it was given up; otherwise it is tried again by itself.
    #[serde(default)]
    pub is_parked: bool,
    /// The CRM's words.
    pub words: String,
    /// The number of attempts.
    #[serde(default)]
    pub attempts: u32,
    /// The instant of the next attempt, or of giving up, in ms since 1970.
    pub at: Millis,
}

/// A full resync: all leads are written as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmResync {
    /// The instant of the start, in ms since 1970.
    pub started_at: Millis,
    /// Leads that were looked at.
    pub done: u64,
    /// Leads that there were when it began.
    pub total: u64,
    /// The instant of the end, in ms since 1970; none while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
}

/// `POST /api/v1/crm/hubspot/retry`: which writes that were given up are tried again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmRetry {
    /// One of them; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
}

/// `POST /api/v1/crm/hubspot/pause`: whether the writes wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CrmPause {
    /// Whether they do.
    pub is_paused: bool,
}

/// `GET /api/v1/contacts/{id}/crm`: what was written of a contact, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmLog {
    /// The id of the contact in the CRM; none before it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The writes; 100 at most.
    pub writes: Vec<CrmLogEntry>,
}

/// A write that the CRM took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmLogEntry {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The change of the lead that caused the write, such as `chat_status`.
    #[serde(default)]
    pub cause: String,
    /// The instant of that change, in ms since 1970.
    pub cause_at: Millis,
    /// Names of properties with their values; null cleared one.
    pub properties: BTreeMap<String, Value>,
}
