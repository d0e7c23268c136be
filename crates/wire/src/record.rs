//! Contacts and accounts.

#[cfg(feature = "openapi")]
use crate::schema::{AccountIdSchema, BucketSchema, LeadIdSchema, MillisSchema, SignalIdSchema};
use crate::{Intent, ScoreWhy};
use knock_model::{AccountId, Bucket, LeadId, Millis, SignalId};
use serde::{Deserialize, Serialize};

/// An account, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRef {
    /// Its id.
    pub id: AccountId,
    /// The company's domain.
    pub domain: String,
}

/// A contact, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRef {
    /// Its id.
    pub id: LeadId,
    /// The address.
    pub email: String,
}

/// A line of the Contacts table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRow {
    /// Its id.
    pub id: LeadId,
    /// The address.
    pub email: String,
    /// The name, empty when not known.
    #[serde(default)]
    pub name: String,
    /// The company; none for free mail.
    #[serde(default)]
    pub account: Option<AccountRef>,
    /// Score and type now.
    pub intent: Intent,
    /// Signals on the timeline.
    pub signals: i64,
    /// First signal.
    pub first_seen_at: Millis,
    /// Last signal.
    pub last_seen_at: Millis,
}

/// A line of the Accounts table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// The company's domain.
    pub domain: String,
    /// Contacts of this company.
    pub contacts: i64,
    /// Score and type now.
    pub intent: Intent,
    /// Signals on the timeline.
    pub signals: i64,
    /// First signal.
    pub first_seen_at: Millis,
    /// Last signal.
    pub last_seen_at: Millis,
}

/// `Knock: Intent Score` changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BucketChange {
    /// The instant it changed: of the signal, or at which decay was due.
    pub at: Millis,
    /// Before; none at the first signal.
    #[serde(default)]
    pub from: Option<Bucket>,
    /// After.
    pub to: Bucket,
    /// The signal that did it; none when decay did.
    #[serde(default)]
    pub signal: Option<SignalId>,
}

/// `GET /api/v1/contacts/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRecord {
    /// As in the table.
    pub contact: ContactRow,
    /// Why the score is what it is.
    pub why: ScoreWhy,
    /// How the score changed, oldest first.
    pub changes: Vec<BucketChange>,
    /// Browsers known to be this person's.
    pub visitors: i64,
    /// Signals that count but are no longer kept one by one, older than all of the timeline.
    #[serde(default)]
    pub summed_up: i64,
}

/// `GET /api/v1/accounts/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRecord {
    /// As in the table.
    pub account: AccountRow,
    /// Why the score is what it is.
    pub why: ScoreWhy,
    /// The contacts of this company, last seen first, at most 100.
    pub contacts: Vec<ContactRow>,
    /// Signals that count but are no longer kept one by one, older than all of the timeline.
    #[serde(default)]
    pub summed_up: i64,
}

/// `GET /api/v1/contacts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactPage {
    /// Last seen first.
    pub contacts: Vec<ContactRow>,
    /// Ask again with `after` set to this for the next page.
    #[serde(default)]
    pub next: Option<String>,
}

/// `GET /api/v1/accounts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountPage {
    /// Last seen first.
    pub accounts: Vec<AccountRow>,
    /// Ask again with `after` set to this for the next page.
    #[serde(default)]
    pub next: Option<String>,
}
