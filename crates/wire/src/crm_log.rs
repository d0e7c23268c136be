//! `/api/v1/contacts/{id}/crm`: what was written to CRMs for a contact.

use crate::CrmSystemWord;
#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use knock_model::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// `GET /api/v1/contacts/{id}/crm`: the writes for a contact, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmLog {
    /// The ids of the contact in CRMs, where they are known, by the words of the CRMs.
    #[serde(default)]
    pub contacts: BTreeMap<String, String>,
    /// The instants at which the contact was found to be deleted in CRMs, in ms since 1970, by the words of the CRMs.
    /// Nothing is written there meanwhile.
    #[serde(default)]
    pub deleted_at: BTreeMap<String, Millis>,
    /// The writes; 100 at most.
    pub writes: Vec<CrmLogEntry>,
}

/// A successful write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmLogEntry {
    /// The CRM.
    pub system: CrmSystemWord,
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The change of the lead that caused the write, such as `chat_status`.
    #[serde(default)]
    pub cause: String,
    /// The instant of that change, in ms since 1970.
    pub cause_at: Millis,
    /// The id of the company in the CRM, of a write to the company of the contact; none of a write to the contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The values by the names of properties; null cleared a property.
    pub properties: BTreeMap<String, Value>,
}
