//! `/api/v1/reps` and availability: who takes leads now, and when.

use crate::RepStateWord;
#[cfg(feature = "openapi")]
use crate::schema::{AvailabilityStateSchema, HoursForSchema, MillisSchema, RepIdSchema};
use knock_model::{AvailabilityState, HoursFor, Millis, RepId};
use serde::{Deserialize, Serialize};

/// From a time of day (`09:00`) up to another of the same day; `24:00` is midnight.
pub type DayRange = (String, String);

/// The working hours of a week, in local time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WeeklyHours {
    /// The time zone, such as `Europe/Berlin`.
    pub zone: String,
    /// The ranges of Monday, such as `[["09:00", "12:00"], ["13:00", "17:00"]]`; none is a free day.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<[String; 2]>))]
    pub mon: Vec<DayRange>,
    /// The hours of Tuesday.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<[String; 2]>))]
    pub tue: Vec<DayRange>,
    /// The hours of Wednesday.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<[String; 2]>))]
    pub wed: Vec<DayRange>,
    /// The hours of Thursday.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<[String; 2]>))]
    pub thu: Vec<DayRange>,
    /// The hours of Friday.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<[String; 2]>))]
    pub fri: Vec<DayRange>,
    /// The hours of Saturday.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<[String; 2]>))]
    pub sat: Vec<DayRange>,
    /// The hours of Sunday.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<[String; 2]>))]
    pub sun: Vec<DayRange>,
}

impl WeeklyHours {
    /// The days with the names of their fields, Monday first.
    pub const fn days(&self) -> [(&'static str, &Vec<DayRange>); 7] {
        [
            ("mon", &self.mon),
            ("tue", &self.tue),
            ("wed", &self.wed),
            ("thu", &self.thu),
            ("fri", &self.fri),
            ("sat", &self.sat),
            ("sun", &self.sun),
        ]
    }
}

/// The availability of a member for leads: `PUT /api/v1/availability` for the caller,
/// `PUT /api/v1/members/{id}/availability` for other members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Availability {
    /// Whether they take leads.
    #[serde(default)]
    pub state: AvailabilityState,
    /// The end of the absence, in ms since 1970; without it, until the member ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away_until: Option<Millis>,
    /// The instant at which the absence began, in ms since 1970. The server sets it; in a request it has no effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away_since: Option<Millis>,
    /// The working hours; without them, the member is available at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<WeeklyHours>,
    /// The funnels that the hours apply to.
    #[serde(default, skip_serializing_if = "is_for_all")]
    pub hours_for: HoursFor,
    /// Dates with other hours than their weekday; at most 400.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<DateHours>,
    /// Dates in another time zone; at most 50. The last one that matches counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub travel: Vec<TravelDates>,
    /// The region of public holidays that are free days: a country or a subdivision, such as `DE` or `DE-BY`, or
    /// `none`. Without it, that of the workspace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<String>,
    /// The number of active chats at which pools skip the member; unlimited when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000))]
    pub capacity: Option<u32>,
}

/// The value of `holidays` without public holidays.
pub const NO_HOLIDAYS: &str = "none";

fn is_for_all(hours_for: &HoursFor) -> bool {
    *hours_for == HoursFor::All
}

/// The hours of one date, instead of those of its weekday and of a public holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DateHours {
    /// The date, such as `2026-12-24`.
    pub date: String,
    /// Its ranges; none is a free day.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<[String; 2]>))]
    pub ranges: Vec<DayRange>,
}

/// Dates on which a member is in another time zone: their hours are those of the local time there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TravelDates {
    /// The first date.
    pub from: String,
    /// The last date.
    pub to: String,
    /// The time zone, such as `America/New_York`.
    pub zone: String,
}

/// `PUT /api/v1/availability/state`: the member who asks takes leads from now on, or none; all else stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AvailabilityChange {
    /// Whether they take leads; away is without an end.
    pub state: AvailabilityState,
}

/// Whether the member who asks takes leads now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AvailabilityNow {
    /// The state that routing sees now.
    pub state: RepStateWord,
    /// The absence; none while the member is not away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<Absence>,
}

/// The absence of a member, as long as it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Absence {
    /// Its begin, in ms since 1970; none where it began before Knock stored it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// Whether it has lasted for longer than the team lets pass before a hand-over is offered.
    pub is_long: bool,
    /// Whether it is meant to last for longer than that: it ends later, or has no end.
    pub will_be_long: bool,
    /// The number of chats that the member has: open and snoozed ones.
    pub open_chats: u32,
    /// The number of those whose lead waits.
    pub waiting_chats: u32,
}

/// A member as routing sees them now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepRow {
    /// The id, by which routing rules name them.
    pub id: RepId,
    /// The e-mail address.
    pub email: String,
    /// The name; the address for one who has set none.
    pub name: String,
    /// The address of the picture on this server; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
    /// Whether they take leads now.
    pub state: RepStateWord,
    /// Whether they have as many active chats as they take.
    pub is_full: bool,
    /// The number of active chats: those not done that wait for the team, or had a message within the last 24 hours.
    pub open_chats: u32,
    /// The settings of the member.
    pub availability: Availability,
    /// The absence; none while the member is not away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<Absence>,
}

/// `GET /api/v1/reps`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepList {
    /// All members, in the order they were invited.
    pub reps: Vec<RepRow>,
}
