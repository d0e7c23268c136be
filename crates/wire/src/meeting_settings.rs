//! `/api/v1/settings/meetings`: how meetings are booked.

#[cfg(feature = "openapi")]
use crate::schema::UnreachableCalendarSchema;
use knock_model::UnreachableCalendar;
use serde::{Deserialize, Serialize};

/// `GET` and `PUT /api/v1/settings/meetings`: how meetings are booked in the workspace. What is absent has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct MeetingSettings {
    /// The duration of a meeting, in minutes.
    #[cfg_attr(feature = "openapi", schema(minimum = 5, maximum = 480))]
    pub duration_min: u32,
    /// The interval between the starts of slots, in minutes; absent: the duration.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 5, maximum = 480))]
    pub step_min: Option<u32>,
    /// Kept free before a meeting, in minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 240))]
    pub buffer_before_min: u32,
    /// Kept free after a meeting, in minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 240))]
    pub buffer_after_min: u32,
    /// Minimum notice: how long before its start a meeting is booked at the latest, in minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 43200))]
    pub notice_min: u32,
    /// Booking window: how far ahead meetings are booked, in days of 24 hours.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365))]
    pub horizon_days: u32,
    /// The most meetings of a member on one day; without it, as many as fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 50))]
    pub max_per_day: Option<u32>,
    /// Cutoff: how long before its start visitors reschedule or cancel at the latest, in minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 10080))]
    pub cutoff_min: u32,
    /// After how many idle minutes a qualified visitor who has not booked counts as not booking; 0 is at once.
    #[cfg_attr(feature = "openapi", schema(maximum = 1440))]
    pub dropoff_min: u32,
    /// Reminders: minutes before the start, the longest first; at most 5.
    pub reminders_min: Vec<u32>,
    /// The title of an invitation, with the places of saved replies, such as `{{name}}`.
    pub title: String,
    /// The location, such as the address of a video room, with the same placeholders. Empty: none.
    pub location: String,
    /// The text of an invitation, with the same places. Empty: none.
    pub description: String,
    /// Whose public holidays are free days of members who chose none: a country or a part of it, such as `DE-BY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holidays: Option<String>,
    /// Whether a member can be booked while their calendar cannot be read.
    pub unreachable_calendar: UnreachableCalendar,
}

impl Default for MeetingSettings {
    fn default() -> MeetingSettings {
        MeetingSettings {
            duration_min: 30,
            step_min: None,
            buffer_before_min: 0,
            buffer_after_min: 0,
            notice_min: 240,
            horizon_days: 60,
            max_per_day: None,
            cutoff_min: 60,
            dropoff_min: 30,
            reminders_min: vec![1_440, 60],
            title: "{{name}} and {{rep}}".into(),
            location: String::new(),
            description: String::new(),
            holidays: None,
            unreachable_calendar: UnreachableCalendar::Block,
        }
    }
}
