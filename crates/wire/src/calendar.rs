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
    /// How accounts are connected by a consent at the provider; none if it has no such way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<CalendarConsentShown>,
}

/// Whether a consent can be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarConsentShown {
    /// Whether an admin has entered the app that asks; else nothing can be connected yet.
    #[serde(default)]
    pub is_ready: bool,
}

/// `POST /api/v1/calendars/consent`: starts connecting an account by a consent at its provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarConsent {
    /// The word of the provider: `google` or `microsoft`.
    pub provider: String,
    /// The account whose consent is asked for again; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<CalendarAccountId>,
}

/// The app of a provider that asks for consents (`GET /api/v1/calendar-apps`): an admin registers it there once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarApp {
    /// The word of the provider: `google` or `microsoft`.
    pub provider: CalendarProviderWord,
    /// The display name.
    pub name: String,
    /// The fields of the app, and the steps by which an admin registers it.
    pub form: CredentialForm,
    /// The values that are no secrets, by the names of their fields; empty while no app is entered.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Whether an app is entered.
    #[serde(default)]
    pub is_ready: bool,
    /// Whether it stands in the configuration of the server, so that it cannot be changed here.
    #[serde(default)]
    pub is_configured: bool,
    /// The address to register as redirect URI.
    pub redirect_uri: String,
    /// The scopes that are asked for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The number of connected accounts.
    #[serde(default)]
    pub accounts: u64,
}

/// `GET /api/v1/calendar-apps`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarApps {
    /// One for each provider that asks for consents.
    #[serde(default)]
    pub apps: Vec<CalendarApp>,
}

/// `PUT /api/v1/calendar-apps/{provider}`: the fields of the app by their names; an absent secret stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarAppDraft {
    #[serde(flatten)]
    pub fields: BTreeMap<String, RawSecret>,
}

/// Which events block times, where it is their owner's to say: busy ones and absences always do, free ones never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct BusyPolicy {
    /// Tentative events.
    pub tentative: bool,
    /// Invitations that are not answered.
    pub unanswered: bool,
    /// Work at another place.
    pub elsewhere: bool,
}

impl Default for BusyPolicy {
    fn default() -> BusyPolicy {
        BusyPolicy { tentative: true, unanswered: true, elsewhere: false }
    }
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
    /// Which of its events block.
    #[serde(default)]
    pub policy: BusyPolicy,
    /// The name of the conferences that its events can have, such as `Google Meet`; empty if they have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub conferences: String,
    /// Whether meetings without a location get such a conference.
    #[serde(default)]
    pub has_conferences: bool,
    /// The first of its events that cannot be read: the times that they may take are blocked. `unread` of `health` has the
    /// number of all.
    #[serde(default)]
    pub unread: Vec<UnreadEvent>,
}

/// An event of a calendar that cannot be read, or not in full.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct UnreadEvent {
    /// Its title; empty if it has none, or if it cannot be read.
    pub title: String,
    /// The day on which it begins, as `2027-01-12`; empty if it cannot be read.
    pub day: String,
    /// The reason, as a part of a sentence.
    pub reason: String,
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
    /// Whether meetings can be written into it.
    #[serde(default = "yes")]
    pub takes_meetings: bool,
}

const fn yes() -> bool {
    true
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
    /// Events that cannot be read: the times that they may take are blocked.
    #[serde(default)]
    pub unread: u64,
    /// The instant at which it was last read, in ms since 1970; none since the server started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Millis>,
    /// The instant until which its provider says by itself that it changed, in ms since 1970: the access is renewed
    /// before. None: it is looked at every few minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pushed_until: Option<Millis>,
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
    /// Which events block; absent: as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<BusyPolicy>,
    /// Whether meetings without a location get a conference of the provider; absent: as it is, at first not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_conferences: Option<bool>,
    /// The credentials by the names of their fields, beside these two. An absent one stays as it is; another account
    /// or another server needs its secret.
    #[serde(flatten)]
    pub credentials: BTreeMap<String, RawSecret>,
}
