//! The time of members: one's own beside meetings, and that of the whole team.

#[cfg(feature = "openapi")]
use crate::schema::{MeetingIdSchema, MillisSchema, RepIdSchema};
use knock_model::{MeetingId, Millis, RepId};
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

/// `GET /api/v1/schedule/team`: what is known of the time of all members within a window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamSchedule {
    /// The members who take meetings, in the order of their invitation.
    pub members: Vec<MemberSchedule>,
}

/// The time of a member, as colleagues see it: other events are busy times without titles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberSchedule {
    /// The id of the member.
    pub id: RepId,
    /// The name; the address for one who has set none.
    pub name: String,
    /// Whether a calendar is connected.
    #[serde(default)]
    pub has_calendar: bool,
    /// The working hours, in order, none touching the next; none without working hours.
    pub working: Vec<TimeSpan>,
    /// What is in the connected calendars, in order, none touching the next. Meetings of Knock are not among them. Known
    /// from yesterday on, up to the end of the booking window.
    pub busy: Vec<TimeSpan>,
    /// The meetings of Knock in which they take part, by their start, without cancelled ones.
    #[serde(default)]
    pub meetings: Vec<TeamMeeting>,
    /// Whether a connected calendar cannot be read: `busy` is empty then.
    #[serde(default)]
    pub is_unreachable: bool,
}

/// A meeting in the time of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamMeeting {
    /// The id of the meeting.
    pub id: MeetingId,
    /// The title.
    pub title: String,
    /// The start, in ms since 1970.
    pub from: Millis,
    /// The end, in ms since 1970.
    pub to: Millis,
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
