//! Meetings as events of a calendar. Graph chooses the ids of events: a meeting is found again by a property of ours.

use crate::graph::Call;
use crate::graph::{Graph, IMMUTABLE_IDS, utc};
use crate::outcome::{Fault, Kind};
use knock_ports::CalendarEntry;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Builder;

/// The property with the UID of a meeting. The GUID is the namespace of what we store in events.
const UID: &str = "String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_uid";
/// The property with the sequence of the version that was put.
const SEQUENCE: &str = "String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_sequence";
/// The query by which events are answered with the first of them.
pub(crate) const EXPANDED_UID: &str =
    "singleValueExtendedProperties($filter=id eq 'String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_uid')";
const EXPANDED_SEQUENCE: &str =
    "singleValueExtendedProperties($filter=id eq 'String {0d5aa6e1-6c1d-4f0b-9d0a-3f1c7a52e8b4} Name knock_sequence')";

/// The attempts at an entry that other programs delete or create at the same time.
const ATTEMPTS: u32 = 4;

/// An event of ours in a calendar.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    id: String,
    #[serde(default)]
    is_online_meeting: Option<bool>,
    #[serde(default)]
    single_value_extended_properties: Option<Vec<Property>>,
}

#[derive(Deserialize)]
struct Property {
    value: String,
}

impl Known {
    /// The sequence of the version that it has.
    fn sequence(&self) -> u32 {
        let value = self.single_value_extended_properties.as_ref().and_then(|all| all.first());
        value.and_then(|property| property.value.parse().ok()).unwrap_or_default()
    }
}

/// Puts an entry into a calendar: changed where it is there, unless it is a newer version, and made where it is not.
pub(crate) async fn put(graph: &Graph, calendar: &str, entry: &CalendarEntry) -> Result<(), Fault> {
    for attempt in 0..ATTEMPTS {
        let known = find(graph, calendar, &entry.uid).await?.into_iter().next();
        let written = match &known {
            Some(known) if known.sequence() > entry.sequence => return Ok(()),
            Some(known) => change(graph, known, entry).await,
            None => create(graph, calendar, entry, attempt).await,
        };
        match written {
            // Its owner deleted the event of an earlier attempt: the next one has another transaction id.
            Err(Fault { kind: Kind::Duplicate, .. }) => {}
            // Its owner deleted it since it was found.
            Err(Fault { kind: Kind::Missing, .. }) if known.is_some() => {}
            written => return written,
        }
    }
    Err(Fault::new(Kind::Later(None), "another program changes the event at the same time"))
}

/// Removes the entry with a UID from a calendar.
pub(crate) async fn remove(graph: &Graph, calendar: &str, uid: &str) -> Result<(), Fault> {
    for known in find(graph, calendar, uid).await? {
        let call = Call::write("DELETE", graph.me(&["events", &known.id], &[])?, None);
        match graph.ask(&call).await {
            Ok(_) | Err(Fault { kind: Kind::Missing, .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// The events of a calendar with a UID of ours: one, or more where their owner copied it.
async fn find(graph: &Graph, calendar: &str, uid: &str) -> Result<Vec<Known>, Fault> {
    let quoted = uid.replace('\'', "''");
    let filter = format!("singleValueExtendedProperties/Any(ep: ep/id eq '{UID}' and ep/value eq '{quoted}')");
    let url = graph.me(
        &["calendars", calendar, "events"],
        &[("$filter", filter.as_str()), ("$select", "id,isOnlineMeeting"), ("$expand", EXPANDED_SEQUENCE)],
    )?;
    let unreadable = |_| Fault::new(Kind::Wrong, "an event of Microsoft 365 cannot be read");
    let found = graph.pages(url, IMMUTABLE_IDS).await?.into_iter().map(serde_json::from_value);
    found.collect::<Result<_, _>>().map_err(unreadable)
}

async fn create(graph: &Graph, calendar: &str, entry: &CalendarEntry, attempt: u32) -> Result<(), Fault> {
    let mut body = body(entry)?;
    body["transactionId"] = json!(transaction(calendar, entry, attempt));
    let url = graph.me(&["calendars", calendar, "events"], &[])?;
    graph.ask(&Call::write("POST", url, Some(body))).await.map(drop)
}

async fn change(graph: &Graph, known: &Known, entry: &CalendarEntry) -> Result<(), Fault> {
    let mut body = body(entry)?;
    // The text of an online meeting holds its conference: another text would end that.
    if let Some(fields) = body.as_object_mut().filter(|_| known.is_online_meeting == Some(true)) {
        fields.remove("body");
    }
    let url = graph.me(&["events", &known.id], &[])?;
    graph.ask(&Call::write("PATCH", url, Some(body))).await.map(drop)
}

/// An entry as Graph wants it. It names no attendee: Graph would mail them.
fn body(entry: &CalendarEntry) -> Result<Json, Fault> {
    let local = |at| Ok::<_, Fault>(json!({"dateTime": utc(at)?.trim_end_matches('Z'), "timeZone": "UTC"}));
    Ok(json!({
        "subject": entry.title.as_str(),
        "body": {"contentType": "text", "content": entry.description.as_str()},
        "location": {"displayName": entry.place.as_str()},
        "start": local(entry.start)?,
        "end": local(entry.end)?,
        "isAllDay": false,
        "showAs": "busy",
        "singleValueExtendedProperties": [
            {"id": UID, "value": entry.uid},
            {"id": SEQUENCE, "value": entry.sequence.to_string()},
        ],
    }))
}

/// The transaction id of an attempt at a version: a request that is repeated because its answer was lost makes no second
/// event.
fn transaction(calendar: &str, entry: &CalendarEntry, attempt: u32) -> String {
    let CalendarEntry { uid, sequence, at, .. } = entry;
    let mut digest = Sha256::new();
    for part in [calendar, uid, &sequence.to_string(), &at.0.to_string(), &attempt.to_string()] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.finalize()[..16]);
    Builder::from_random_bytes(bytes).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;

    fn entry(uid: &str, sequence: u32) -> CalendarEntry {
        let (title, description, place) = ("Demo".into(), "Zoe".into(), "Room 4".into());
        let at = Millis(1_794_441_600_000);
        CalendarEntry {
            uid: uid.into(),
            sequence,
            at,
            start: at,
            end: at + Millis(1_800_000),
            title,
            description,
            place,
        }
    }

    #[test]
    fn an_entry_is_written_in_utc_and_names_no_attendee() {
        let body = body(&entry("m@knock", 3)).expect("a body");
        assert_eq!(body["start"], json!({"dateTime": "2026-11-12T00:00:00", "timeZone": "UTC"}));
        assert_eq!(body["end"], json!({"dateTime": "2026-11-12T00:30:00", "timeZone": "UTC"}));
        assert_eq!(body["singleValueExtendedProperties"][1], json!({"id": SEQUENCE, "value": "3"}));
        assert!(body.get("attendees").is_none());
    }

    #[test]
    fn a_transaction_is_of_one_attempt_at_one_version_in_one_calendar() {
        let first = transaction("work", &entry("m@knock", 0), 0);
        assert_eq!(first, transaction("work", &entry("m@knock", 0), 0));
        for other in [
            transaction("home", &entry("m@knock", 0), 0),
            transaction("work", &entry("n@knock", 0), 0),
            transaction("work", &entry("m@knock", 1), 0),
            transaction("work", &entry("m@knock", 0), 1),
        ] {
            assert_ne!(first, other);
        }
    }

    #[test]
    fn the_queries_name_the_same_properties() {
        assert!(EXPANDED_UID.contains(UID) && EXPANDED_SEQUENCE.contains(SEQUENCE));
    }
}
