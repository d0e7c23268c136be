//! Meetings as events of a calendar.

use crate::found::{self, CALENDAR, Known, SEQUENCE, UID};
use crate::graph::{Call, Graph, utc};
use crate::outcome::{Fault, Kind};
use knock_ports::CalendarEntry;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Builder;

/// The attempts at an entry that other programs delete or create at the same time.
const ATTEMPTS: u32 = 4;

/// Puts an entry into a calendar: changed where it is there, unless as this version or a newer one, and made where it is
/// not.
pub(crate) async fn put(graph: &Graph, email: &str, calendar: &str, entry: &CalendarEntry) -> Result<(), Fault> {
    for attempt in 0..ATTEMPTS {
        let known = known(graph, email, calendar, entry).await?;
        let written = match &known {
            Some(known) if known.sequence() < entry.sequence => change(graph, known, calendar, entry).await,
            Some(known) if known.is_of(calendar) => return Ok(()),
            Some(known) => claim(graph, known, calendar).await,
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

/// Removes the entry with a UID from a calendar, or from another one to which its owner moved it.
pub(crate) async fn remove(graph: &Graph, email: &str, calendar: &str, uid: &str) -> Result<(), Fault> {
    let of_it = |all: Vec<Known>| all.into_iter().filter(|known| known.is_of(calendar)).collect::<Vec<Known>>();
    let mut all = of_it(found::find(graph, calendar, uid).await?);
    if all.is_empty() {
        all = of_it(found::elsewhere(graph, email, calendar, uid).await?);
    }
    for known in &all {
        delete(graph, known).await?;
    }
    Ok(())
}

/// The event of an entry: in its calendar, or in another one to which its owner moved it. Entries that were never changed
/// are hardly ever moved: they are not looked for elsewhere.
async fn known(graph: &Graph, email: &str, calendar: &str, entry: &CalendarEntry) -> Result<Option<Known>, Fault> {
    let here = found::find(graph, calendar, &entry.uid).await?;
    let (cancelled, here): (Vec<Known>, Vec<Known>) = here.into_iter().partition(Known::is_cancelled);
    if let Some(known) = here.into_iter().next() {
        return Ok(Some(known));
    }
    // No request revives what is cancelled: another event takes its place.
    for known in &cancelled {
        delete(graph, known).await?;
    }
    if entry.sequence == 0 {
        return Ok(None);
    }
    // One that was put into another calendar is no event that was moved: the member chose this calendar since.
    let moved = found::elsewhere(graph, email, calendar, &entry.uid).await?;
    Ok(moved.into_iter().find(|known| known.is_of(calendar) && !known.is_cancelled()))
}

async fn create(graph: &Graph, calendar: &str, entry: &CalendarEntry, attempt: u32) -> Result<(), Fault> {
    let mut body = body(calendar, entry)?;
    if entry.has_conference {
        // By the provider that is usual for its calendar.
        body["isOnlineMeeting"] = json!(true);
    }
    body["transactionId"] = json!(transaction(calendar, entry, attempt));
    let url = graph.me(&["calendars", calendar, "events"], &[])?;
    graph.ask(&Call::write("POST", url, Some(body))).await.map(drop)
}

async fn change(graph: &Graph, known: &Known, calendar: &str, entry: &CalendarEntry) -> Result<(), Fault> {
    let mut body = body(calendar, entry)?;
    // The text of an online meeting holds its conference: another text would end that.
    if let Some(fields) = body.as_object_mut().filter(|_| known.is_online()) {
        fields.remove("body");
    }
    if entry.has_conference && !known.is_online() {
        body["isOnlineMeeting"] = json!(true);
    }
    write(graph, known, body).await
}

/// Notes that an event is of the calendar that it is in: its owner moved it there from the one that it was put into.
async fn claim(graph: &Graph, known: &Known, calendar: &str) -> Result<(), Fault> {
    write(graph, known, json!({"singleValueExtendedProperties": [{"id": CALENDAR, "value": calendar}]})).await
}

async fn write(graph: &Graph, known: &Known, body: Json) -> Result<(), Fault> {
    let url = graph.me(&["events", known.id()], &[])?;
    graph.ask(&Call::write("PATCH", url, Some(body))).await.map(drop)
}

/// Deletes an event; one that is not there is deleted.
async fn delete(graph: &Graph, known: &Known) -> Result<(), Fault> {
    match graph.ask(&Call::write("DELETE", graph.me(&["events", known.id()], &[])?, None)).await {
        Ok(_) | Err(Fault { kind: Kind::Missing, .. }) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// An entry as Graph wants it. It names no attendee: Graph would mail them.
fn body(calendar: &str, entry: &CalendarEntry) -> Result<Json, Fault> {
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
            {"id": CALENDAR, "value": calendar},
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
            has_conference: false,
        }
    }

    #[test]
    fn an_entry_is_written_in_utc_and_names_no_attendee() {
        let body = body("work", &entry("m@knock", 3)).expect("a body");
        assert_eq!(body["start"], json!({"dateTime": "2026-11-12T00:00:00", "timeZone": "UTC"}));
        assert_eq!(body["end"], json!({"dateTime": "2026-11-12T00:30:00", "timeZone": "UTC"}));
        assert_eq!(body["singleValueExtendedProperties"][1], json!({"id": SEQUENCE, "value": "3"}));
        assert_eq!(body["singleValueExtendedProperties"][2], json!({"id": CALENDAR, "value": "work"}));
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
}
