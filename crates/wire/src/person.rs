//! The stored data of a person: export, erasure and retention.

#[cfg(feature = "openapi")]
use crate::schema::{LeadIdSchema, MillisSchema};
use knock_model::{LeadId, Millis};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/persons/export` and `POST /api/v1/persons/erase`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonAsk {
    /// The e-mail address of the person. Either this or `contact` is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The id of the person's contact, who may have given no address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<LeadId>,
}

/// The receipt of an erasure; it does not name the erased person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasureReceipt {
    /// Its id, by which the audit log has the erasure.
    #[serde(default)]
    pub id: String,
    /// The instant, in ms since 1970.
    #[serde(default)]
    pub at: Millis,
    /// The author of the erasure: the address of a member, the name of an API key (its id if it has none), or
    /// `command line`.
    #[serde(default)]
    pub by: String,
    /// Browsers that were the person's, on each site.
    pub browsers: u64,
    /// Signals.
    pub signals: u64,
    /// Conversations.
    pub conversations: u64,
    /// Messages in them, from both sides.
    pub messages: u64,
    /// Signals of others that named the address and no longer do.
    pub elsewhere: u64,
    /// Files.
    #[serde(default)]
    pub files: u64,
    /// The reason for which contents of the files may still be stored until `knock rebuild`; absent if they are
    /// deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_removed: Option<String>,
    /// The reason for which remains may be left in unused parts of the database file until the next erasure; absent if
    /// there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_scrubbed: Option<String>,
}

/// `GET /api/v1/privacy`: what is kept for how long, and what the snippet waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Privacy {
    /// Days for which signals are kept one by one (`retention.signals_days`); absent for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals_days: Option<u32>,
    /// Days for which mails and deliveries are kept that have ended.
    pub deliveries_days: u32,
    /// Whether the snippet waits for the visitor's consent (`data-consent="required"`).
    #[serde(default)]
    pub waits_for_consent: bool,
}

/// `PUT /api/v1/privacy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PrivacyChange {
    /// Whether snippets wait for the visitor's consent from now on; those on pages already do not change.
    pub waits_for_consent: bool,
}
