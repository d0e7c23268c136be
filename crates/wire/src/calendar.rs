//! `/api/v1/calendars`: the calendar accounts that a member has connected.

#[cfg(feature = "openapi")]
use crate::schema::{CalendarAccountIdSchema, MillisSchema};
use crate::{CalendarProviderWord, CredentialForm, RawSecret};
use knock_model::{CalendarAccountId, Millis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /api/v1/calendars`: the caller's own accounts, and the providers of calendars.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarAccounts {
    /// The connected accounts, the first connected first.
    #[serde(default)]
    pub accounts: Vec<CalendarAccount>,
    /// The providers whose calendars this version can connect.
    #[serde(default)]
    pub providers: Vec<CalendarProviderShown>,
}

/// A provider whose calendars can be connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarProviderShown {
    /// Its word: `caldav`, `google` or `microsoft`.
    pub provider: CalendarProviderWord,
    /// The display name.
    pub name: String,
    /// The credentials with which an account is connected at once; none if the provider has no such way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<CredentialForm>,
}

/// A connected account: its calendars, and their use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarAccount {
    pub id: CalendarAccountId,
    /// The word of its provider: `caldav`, `google` or `microsoft`.
    pub provider: CalendarProviderWord,
    /// The display name, such as `ann at cloud.example.com`.
    pub name: String,
    /// The credentials that are no secrets, by the names of their fields.
    #[serde(default)]
    pub credentials: BTreeMap<String, String>,
    /// The state of the connection.
    pub health: CalendarHealth,
    /// The calendars of the account.
    #[serde(default)]
    pub calendars: Vec<CalendarChoice>,
    /// The id of the calendar into which meetings are written; empty if they are written into none of this account.
    #[serde(default)]
    pub events_in: String,
}

/// A calendar of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarChoice {
    /// Its id at the provider: with CalDAV, an address.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Whether its events block times.
    pub is_read: bool,
}

/// The state of an account, and of all accounts of a member (`GET /api/v1/members/{id}/calendar`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarHealth {
    /// Whether one is connected.
    #[serde(default)]
    pub is_connected: bool,
    /// The error of the last request; empty if it succeeded.
    #[serde(default)]
    pub problem: String,
    /// The instant since which the calendar cannot be read, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem_since: Option<Millis>,
    /// Meetings that are still to be written into it.
    #[serde(default)]
    pub waiting: u64,
    /// Meetings that could not be written into it.
    #[serde(default)]
    pub failed: u64,
}

/// `POST /api/v1/calendars`: connects an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarDraft {
    /// The word of the provider: `caldav`, `google` or `microsoft`.
    pub provider: String,
    /// The use of its calendars, and the credentials that the provider lists.
    #[serde(flatten)]
    pub change: CalendarChange,
}

/// `PATCH /api/v1/calendars/{id}`: changes the use of an account, or its credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarChange {
    /// Ids of the calendars whose events block times; absent: as they are, at first all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reads: Option<Vec<String>>,
    /// The id of the calendar into which meetings are written; empty: into none of this account; absent: as it is, at
    /// first the first calendar where meetings are written into none yet. Meetings of a member are written into one
    /// calendar: another account gives them up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events_in: Option<String>,
    /// The credentials by the names of their fields, beside these two. An absent one stays as it is; another account
    /// or another server needs its secret.
    #[serde(flatten)]
    pub credentials: BTreeMap<String, RawSecret>,
}
