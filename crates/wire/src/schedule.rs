//! A member's own time: what their calendar view shows beside meetings.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/schedule`: the caller's working hours and busy times within a window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Schedule {
    /// The working hours, in order, none touching the next; none without working hours.
    pub working: Vec<TimeSpan>,
    /// What is in the connected calendars, in order, none touching the next. Meetings of Knock are not among them. Known
    /// from yesterday on, up to the end of the booking window.
    pub busy: Vec<TimeSpan>,
    /// Whether a connected calendar cannot be read: `busy` is empty then.
    #[serde(default)]
    pub is_unreachable: bool,
}

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimeSpan {
    /// The start, in ms since 1970.
    pub from: Millis,
    /// The end, in ms since 1970.
    pub to: Millis,
}
