//! The events of a meeting in the calendars of an account. Graph chooses the ids of events: those of ours are found again
//! by properties.

use crate::calendars;
use crate::graph::{Graph, IMMUTABLE_IN_UTC};
use crate::outcome::{Fault, Kind};
use serde_json::Value as Json;

/// The property with the UID of a meeting. The GUID is the namespace of what we store in events.
pub(crate) const UID: &str = "String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_uid";
/// The property with the sequence of the version that was put.
pub(crate) const SEQUENCE: &str = "String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_sequence";
/// The property with the id of the calendar into which it was put. Its owner may have moved it to another one.
pub(crate) const CALENDAR: &str = "String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_calendar";
/// The query by which events are answered with the first of them.
pub(crate) const EXPANDED_UID: &str =
    "singleValueExtendedProperties($filter=id eq 'String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_uid')";
const EXPANDED: &str = "singleValueExtendedProperties($filter=\
    id eq 'String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_sequence' or \
    id eq 'String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_calendar')";
const FIELDS: &str = "id,type,createdDateTime,isOnlineMeeting,isCancelled,isAllDay,start,end,attendees,onlineMeeting";

/// An event of a meeting.
pub(crate) struct Known {
    json: Json,
    /// The calendar that it is in.
    place: String,
}

impl Known {
    /// The event as Graph shows it.
    pub(crate) fn json(&self) -> &Json {
        &self.json
    }

    pub(crate) fn id(&self) -> &str {
        self.json["id"].as_str().unwrap_or_default()
    }

    /// The sequence of the version that it has.
    pub(crate) fn sequence(&self) -> u32 {
        self.property(SEQUENCE).and_then(|value| value.parse().ok()).unwrap_or_default()
    }

    /// Whether it was put into this calendar, wherever it is now. One that does not say so was put where it is.
    pub(crate) fn is_of(&self, calendar: &str) -> bool {
        self.property(CALENDAR).unwrap_or(&self.place) == calendar
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.json["isCancelled"] == true
    }

    pub(crate) fn is_online(&self) -> bool {
        self.json["isOnlineMeeting"] == true
    }

    fn property(&self, id: &str) -> Option<&str> {
        let all = self.json["singleValueExtendedProperties"].as_array()?;
        let is_it = |one: &&Json| one["id"].as_str().is_some_and(|other| other.eq_ignore_ascii_case(id));
        all.iter().find(is_it)?["value"].as_str()
    }
}

/// The events of a calendar with a UID of ours: one, or more where their owner copied it. The oldest is the first.
pub(crate) async fn find(graph: &Graph, calendar: &str, uid: &str) -> Result<Vec<Known>, Fault> {
    let quoted = uid.replace('\'', "''");
    let filter = format!("singleValueExtendedProperties/Any(ep: ep/id eq '{UID}' and ep/value eq '{quoted}')");
    let query = [("$filter", filter.as_str()), ("$select", FIELDS), ("$expand", EXPANDED)];
    let url = graph.me(&["calendars", calendar, "events"], &query)?;
    let mut found = graph.pages(url, IMMUTABLE_IN_UTC).await?;
    if found.iter().any(|event| !event["id"].is_string()) {
        return Err(Fault::new(Kind::Wrong, "an event of Microsoft 365 cannot be read"));
    }
    found.sort_by(|one, other| one["createdDateTime"].as_str().cmp(&other["createdDateTime"].as_str()));
    Ok(found.into_iter().map(|json| Known { json, place: calendar.to_owned() }).collect())
}

/// The events in the other calendars of the account itself. Those of other persons may have the same meeting as theirs.
pub(crate) async fn elsewhere(graph: &Graph, email: &str, calendar: &str, uid: &str) -> Result<Vec<Known>, Fault> {
    let mut found = Vec::new();
    for other in calendars::list(graph, email).await? {
        if other.is_foreign || other.id == calendar {
            continue;
        }
        match find(graph, &other.id, uid).await {
            Ok(events) => found.extend(events),
            // It was deleted since the calendars were listed.
            Err(Fault { kind: Kind::Missing, .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_queries_name_the_same_properties() {
        assert!(EXPANDED_UID.contains(UID) && EXPANDED.contains(SEQUENCE) && EXPANDED.contains(CALENDAR));
    }

    #[test]
    fn an_event_is_of_the_calendar_into_which_it_was_put() {
        let known = |properties: Json| Known {
            json: json!({"id": "1", "singleValueExtendedProperties": properties}),
            place: "work".to_owned(),
        };
        let moved = known(json!([{"id": SEQUENCE, "value": "3"}, {"id": CALENDAR.to_lowercase(), "value": "home"}]));
        assert_eq!((moved.sequence(), moved.is_of("home"), moved.is_of("work")), (3, true, false));
        let older = known(json!([{"id": SEQUENCE, "value": "3"}]));
        assert_eq!((older.is_of("home"), older.is_of("work")), (false, true));
        assert_eq!(known(Json::Null).sequence(), 0);
    }
}
