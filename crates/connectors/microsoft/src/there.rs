//! The event of a meeting as it is in a calendar now.

use crate::event;
use crate::found::{self, Known};
use crate::graph::Graph;
use crate::outcome::Fault;
use knock_ports::{Conference, EntryFound, EntryThere};
use serde_json::Value as Json;

/// The entry with a UID: in its calendar, or in another one of the account to which its owner moved it.
pub(crate) async fn entry(graph: &Graph, email: &str, calendar: &str, uid: &str) -> Result<EntryFound, Fault> {
    if let Some(known) = living(found::find(graph, calendar, uid).await?) {
        return Ok(meaning(known.json()));
    }
    // One that was put into another calendar is not the entry of this one.
    let mut moved = found::elsewhere(graph, email, calendar, uid).await?;
    moved.retain(|known| known.is_of(calendar));
    let known = living(moved);
    Ok(known.map_or(EntryFound::Gone, |known| meaning(known.json())))
}

/// The first that is not cancelled.
fn living(found: Vec<Known>) -> Option<Known> {
    found.into_iter().find(|known| !known.is_cancelled())
}

fn meaning(event: &Json) -> EntryFound {
    let span = event::instants(event).filter(|_| event["type"] != "seriesMaster");
    let Some(span) = span else { return EntryFound::Unclear };
    EntryFound::There(EntryThere {
        start: span.start,
        end: span.end,
        declined: declined(event),
        conference: conference(event),
    })
}

/// The addresses of attendees that declined.
fn declined(event: &Json) -> Vec<String> {
    let attendees = event["attendees"].as_array().into_iter().flatten();
    let declined = attendees.filter(|one| one["status"]["response"] == "declined");
    declined.filter_map(|one| one["emailAddress"]["address"].as_str()).map(str::to_lowercase).collect()
}

/// The online meeting of an event.
fn conference(event: &Json) -> Conference {
    match event["onlineMeeting"]["joinUrl"].as_str().filter(|url| !url.is_empty()) {
        Some(url) => Conference::At(url.to_owned()),
        None if event["isOnlineMeeting"] == true => Conference::Pending,
        None => Conference::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use serde_json::json;

    #[test]
    fn only_a_time_that_a_meeting_can_have_is_clear() {
        let at = |time: &str| json!({"dateTime": time, "timeZone": "UTC"});
        let event = |more: &Json| {
            let mut event = json!({
                "id": "1", "type": "singleInstance", "isAllDay": false,
                "start": at("2026-11-12T00:00:00.0000000"), "end": at("2026-11-12T00:30:00.0000000"),
            });
            for (name, value) in more.as_object().expect("an object") {
                event[name] = value.clone();
            }
            meaning(&event)
        };
        let start = Millis(1_794_441_600_000);
        let there = |declined: &[&str]| {
            let declined = declined.iter().map(|one| (*one).to_owned()).collect();
            EntryFound::There(EntryThere {
                start,
                end: start + Millis(1_800_000),
                declined,
                conference: Conference::None,
            })
        };
        assert_eq!(event(&json!({})), there(&[]));
        let attendee = |address: &str, response: &str| json!({"status": {"response": response}, "emailAddress": {"address": address}});
        let attendees = json!([attendee("Zoe@Hollis.example", "declined"), attendee("max@hollis.example", "accepted")]);
        assert_eq!(event(&json!({"attendees": attendees})), there(&["zoe@hollis.example"]));
        for (more, expected) in [
            (json!({"isOnlineMeeting": false, "onlineMeeting": null}), Conference::None),
            (json!({"isOnlineMeeting": true, "onlineMeeting": null}), Conference::Pending),
            (
                json!({"isOnlineMeeting": true, "onlineMeeting": {"joinUrl": "https://teams.example/a"}}),
                Conference::At("https://teams.example/a".to_owned()),
            ),
        ] {
            let EntryFound::There(there) = event(&more) else { panic!("it is there") };
            assert_eq!(there.conference, expected, "{more}");
        }
        for more in [
            json!({"type": "seriesMaster"}),
            json!({"isAllDay": true, "end": at("2026-11-13T00:00:00")}),
            json!({"isAllDay": true}),
            json!({"end": at("2026-11-12T00:00:00")}),
            json!({"end": at("2026-11-11T00:00:00")}),
            json!({"start": {"dateTime": "2026-11-12T00:00:00", "timeZone": "tzone://Microsoft/Custom"}}),
            json!({"start": null}),
        ] {
            assert_eq!(event(&more), EntryFound::Unclear, "{more}");
        }
    }
}
