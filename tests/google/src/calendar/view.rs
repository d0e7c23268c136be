//! What a reader sees of an event.

use super::{Event, Role, When, zone};
use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json, json};

/// The fields of an event that readers of busy times see.
const BUSY: &[&str] = &[
    "kind",
    "etag",
    "id",
    "status",
    "updated",
    "start",
    "end",
    "transparency",
    "recurringEventId",
    "originalStartTime",
    "recurrence",
    "iCalUID",
    "sequence",
    "eventType",
];

/// The reader of a calendar, and in which form events are wanted.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    pub(crate) role: Role,
    pub(crate) calendar: String,
    /// The zone of the times in the response.
    pub(crate) zone: TimeZone,
    pub(crate) max_attendees: Option<usize>,
}

impl Viewer {
    /// A viewer whose times are in the zone of that name.
    pub(crate) fn new(role: Role, calendar: &str, named: &str) -> Viewer {
        let zone = zone(named).unwrap_or(TimeZone::UTC);
        Viewer { role, calendar: calendar.to_owned(), zone, max_attendees: None }
    }

    /// The resource. Details of private events are for those with full access to the calendar.
    pub(crate) fn shown(&self, event: &Event) -> Json {
        let mut body = event.body.clone();
        body.insert("kind".to_owned(), json!("calendar#event"));
        body.insert("etag".to_owned(), json!(event.etag()));
        for name in ["start", "end", "originalStartTime"] {
            if let Some(shown) = body.get(name).and_then(|given| self.time(given)) {
                body.insert(name.to_owned(), shown);
            }
        }
        let is_private = matches!(event.text("visibility"), "private" | "confidential");
        if self.role == Role::FreeBusyReader || (is_private && self.role < Role::Writer) {
            body.retain(|name, _| BUSY.contains(&name.as_str()));
            body.insert("visibility".to_owned(), json!("private"));
            return Json::Object(body);
        }
        for name in ["organizer", "creator"] {
            if let Some(person) = body.get_mut(name) {
                self.mark(person);
            }
        }
        self.mark_attendees(&mut body);
        Json::Object(body)
    }

    fn time(&self, given: &Json) -> Option<Json> {
        let when = When::read(given, None).ok()?;
        Some(when.json(&self.zone, given["timeZone"].as_str().unwrap_or("UTC")))
    }

    /// `self` marks the calendar on which this copy of the event appears.
    fn mark(&self, person: &mut Json) {
        if person["email"].as_str() == Some(&self.calendar) {
            person["self"] = json!(true);
        }
    }

    fn mark_attendees(&self, body: &mut Map<String, Json>) {
        let organizer = body.get("organizer").map_or(Json::Null, |organizer| organizer["email"].clone());
        let Some(Json::Array(attendees)) = body.get_mut("attendees") else { return };
        for attendee in attendees.iter_mut() {
            self.mark(attendee);
            if attendee["email"] == organizer {
                attendee["organizer"] = json!(true);
            }
        }
        // With more attendees than wanted, only the participant is left.
        if self.max_attendees.is_some_and(|most| attendees.len() > most) {
            attendees.retain(|attendee| attendee["self"] == true);
            body.insert("attendeesOmitted".to_owned(), json!(true));
        }
    }
}

/// What is guaranteed of a cancelled event: its id, and which instance of a series it was.
pub(crate) fn stub(event: &Event, viewer: &Viewer) -> Json {
    let mut body = json!({
        "kind": "calendar#event", "etag": event.etag(), "id": event.id(), "status": "cancelled",
    });
    if let Some(series) = event.series() {
        body["recurringEventId"] = json!(series);
        body["originalStartTime"] = event.body.get("originalStartTime").and_then(|given| viewer.time(given)).into();
    }
    body
}
