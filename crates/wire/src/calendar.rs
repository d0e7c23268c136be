//! `/api/v1/calendar`: the calendar that a member has connected.

use crate::RawSecret;
#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// `GET` and answer of `PUT /api/v1/calendar`: one's own calendar as it is connected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarConnection {
    /// The state of the connection.
    pub health: CalendarHealth,
    /// The address of the CalDAV server; empty where none is connected.
    #[serde(default)]
    pub url: String,
    /// The user there.
    #[serde(default)]
    pub user: String,
    /// The calendars that were found there.
    #[serde(default)]
    pub calendars: Vec<CalendarChoice>,
    /// Address of the calendar into which meetings are written; empty where they are written into none.
    #[serde(default)]
    pub events_in: String,
}

/// A calendar of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarChoice {
    /// Its address.
    pub url: String,
    /// The display name.
    pub name: String,
    /// Whether its events block times.
    pub is_read: bool,
}

/// `GET /api/v1/members/{id}/calendar`: whether a member has connected a calendar, and how it is going.
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

/// `PUT /api/v1/calendar`: connects one's own calendar, or changes how it is connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarDraft {
    /// The address of the CalDAV server, of the account or of one calendar.
    pub url: String,
    /// The user there.
    pub user: String,
    /// The password, best one that was made for this app alone; absent: as it was. Another server or user needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<RawSecret>,
    /// Addresses of the calendars whose events block times; absent: all that are found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reads: Option<Vec<String>>,
    /// Address of the calendar into which meetings are written; empty: into none; absent: into the first that is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events_in: Option<String>,
}
