//! An event as it is kept: what its owner sees, and when it changed.

use super::When;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A single event, a series or an exception of one ([`crate::pages::EVENTS`]).
#[derive(Clone, Debug, Default)]
pub(crate) struct Event {
    /// The resource, with instants in UTC; what depends on the reader is added when it is shown.
    pub(crate) body: Map<String, Json>,
    /// The number of its last change.
    pub(crate) changed: u64,
    /// The time of its last change, in milliseconds.
    pub(crate) changed_at: i64,
    /// The number of later requests in which its conference is still pending.
    pub(crate) pending: Option<u32>,
    /// Of a series: the original starts that no longer belong to it, by their ids, with the number of that change. The
    /// empty id is the single event that it was before.
    pub(crate) gone: BTreeMap<String, (u64, When)>,
}

impl Event {
    pub(crate) fn text(&self, name: &str) -> &str {
        self.body.get(name).and_then(Json::as_str).unwrap_or_default()
    }

    pub(crate) fn id(&self) -> &str {
        self.text("id")
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.text("status") == "cancelled"
    }

    /// Whether it is the series itself, not one of its instances.
    pub(crate) fn is_series(&self) -> bool {
        self.body.get("recurrence").and_then(Json::as_array).is_some_and(|lines| !lines.is_empty())
    }

    /// The series of which it is an exception.
    pub(crate) fn series(&self) -> Option<&str> {
        self.body.get("recurringEventId").and_then(Json::as_str)
    }

    /// The version, as a resource and a header have it: a number in quotation marks ([`crate::pages::VERSIONS`]).
    pub(crate) fn etag(&self) -> String {
        format!("\"{}000\"", self.changed)
    }

    pub(crate) fn when(&self, name: &str) -> Option<When> {
        self.body.get(name).and_then(|given| When::read(given, None).ok())
    }

    /// From when to when it is; days are those of the calendar's zone.
    pub(crate) fn span(&self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let start = self.when("start").map_or(Timestamp::MIN, |start| start.instant(zone));
        let end = self.when("end").map_or(start, |end| end.instant(zone));
        (start, end)
    }

    /// The same event at another start, as long as it is: in days, or exactly.
    pub(crate) fn end_from(&self, start: When) -> When {
        match (self.when("start"), self.when("end"), start) {
            (Some(When::Day(first)), Some(When::Day(end)), When::Day(day)) => {
                When::Day(end.since(first).and_then(|length| day.checked_add(length)).unwrap_or(day))
            }
            (Some(When::At(first)), Some(When::At(end)), When::At(at)) => {
                let length: SignedDuration = end.duration_since(first);
                When::At(at.checked_add(length).unwrap_or(at))
            }
            _ => start,
        }
    }

    /// Whether the account of a calendar declined it.
    pub(crate) fn is_declined(&self, account: &str) -> bool {
        let attendees = self.body.get("attendees").and_then(Json::as_array);
        attendees
            .into_iter()
            .flatten()
            .any(|attendee| attendee["email"].as_str() == Some(account) && attendee["responseStatus"] == "declined")
    }
}
