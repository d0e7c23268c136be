//! `/api/v1/settings/meetings`: the settings of the booking.

#[cfg(feature = "openapi")]
use crate::schema::{CalendarChangesSchema, UnreachableCalendarSchema};
use knock_model::{CalendarChanges, UnreachableCalendar};
use serde::{Deserialize, Serialize};

/// `GET` and `PUT /api/v1/settings/meetings`: the settings of the booking in the workspace. Absent fields have their
/// defaults.
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
    /// The buffer before a meeting, in minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 240))]
    pub buffer_before_min: u32,
    /// The buffer after a meeting, in minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 240))]
    pub buffer_after_min: u32,
    /// Minimum notice: the shortest time between the booking and the start of a meeting, in minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 43200))]
    pub notice_min: u32,
    /// Booking window: the longest time between the booking and the start of a meeting, in days of 24 hours.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365))]
    pub horizon_days: u32,
    /// The maximum number of meetings of a member on one day; unlimited when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 50))]
    pub max_per_day: Option<u32>,
    /// Cutoff: the shortest time before the start at which visitors can reschedule or cancel, in minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 10080))]
    pub cutoff_min: u32,
    /// The number of idle minutes after which a qualified visitor without a booking counts as a drop-off; 0 is at once.
    #[cfg_attr(feature = "openapi", schema(maximum = 1440))]
    pub dropoff_min: u32,
    /// The times of the reminders, in minutes before the start, the longest first; at most 5.
    pub reminders_min: Vec<u32>,
    /// The title of a calendar invite, with the placeholders of saved replies, such as `{{name}}`.
    pub title: String,
    /// The location, such as the address of a video room, with the same placeholders. Empty: none.
    pub location: String,
    /// The text of a calendar invite, with the same placeholders. Empty: none.
    pub description: String,
    /// The country or subdivision whose public holidays are free days of members who chose none, such as `DE-BY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holidays: Option<String>,
    /// Whether a member can be booked while their calendar cannot be read.
    pub unreachable_calendar: UnreachableCalendar,
    /// What becomes of a meeting whose event its owner moves or deletes in their own calendar.
    pub calendar_changes: CalendarChanges,
    /// Whether a first booking by an address is confirmed by a link in a mail to it. Without a mail server: no effect.
    pub confirm_first_bookings: bool,
    /// Domains whose addresses are never spam, with their subdomains; at most 100.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub never_spam: Vec<String>,
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
            calendar_changes: CalendarChanges::Apply,
            confirm_first_bookings: false,
            never_spam: Vec::new(),
        }
    }
}
