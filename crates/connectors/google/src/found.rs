//! What became of the event of a meeting in its calendar
//! (<https://developers.google.com/workspace/calendar/api/v3/reference/events/get>).
//!
//! An event that its owner moved into another calendar has the same id there. Here it is gone: the meeting is no longer
//! in the calendar into which it was written.

use crate::api::Api;
use crate::client::Call;
use crate::entry::id;
use crate::outcome::{Fault, Kind};
use crate::when::When;
use knock_ports::{Conference, EntryFound, EntryThere};
use serde::Deserialize;
use serde_json::Value as Json;

/// What is read of the event.
const FIELDS: &str = "status,start,end,recurrence,attendees(email,responseStatus),\
                      conferenceData(createRequest/status,entryPoints(entryPointType,uri))";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Found {
    status: String,
    start: When,
    end: When,
    recurrence: Vec<String>,
    attendees: Vec<Guest>,
    #[serde(rename = "conferenceData")]
    conference: Json,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Guest {
    email: String,
    response_status: String,
}

/// Asks for the event of a meeting by itself.
pub(crate) async fn read(api: &Api, calendar: &str, uid: &str) -> Result<EntryFound, Fault> {
    let id = id(uid)?;
    let call = Call::get(vec!["calendars", calendar, "events", &id], vec![("fields", FIELDS.to_owned())]);
    match api.read::<Found>(&call).await {
        Ok(found) => Ok(found.become_of()),
        Err(fault) if fault.kind == Kind::Missing => {
            find_calendar(api, calendar).await?;
            Ok(EntryFound::Gone)
        }
        Err(fault) => Err(fault),
    }
}

/// Fails where there is no such calendar: Google answers in the same way for an event that it does not have.
async fn find_calendar(api: &Api, calendar: &str) -> Result<(), Fault> {
    let query = vec![("maxResults", "1".to_owned()), ("fields", "kind".to_owned())];
    api.call(&Call::get(vec!["calendars", calendar, "events"], query)).await.map(drop)
}

impl Found {
    fn become_of(self) -> EntryFound {
        if self.status == "cancelled" {
            return EntryFound::Gone;
        }
        match (self.start.instant(), self.end.instant()) {
            (Some(start), Some(end)) if start < end && self.recurrence.is_empty() => {
                let has_declined = |guest: &Guest| guest.response_status == "declined";
                let declined = self.attendees.into_iter().filter(has_declined);
                let declined = declined.map(|guest| guest.email.to_lowercase()).collect();
                EntryFound::There(EntryThere { start, end, declined, conference: conference(&self.conference) })
            }
            _ => EntryFound::Unclear,
        }
    }
}

/// The conference of an event, by its video.
fn conference(data: &Json) -> Conference {
    let points = data["entryPoints"].as_array().into_iter().flatten();
    let mut videos = points.filter(|point| point["entryPointType"] == "video");
    match videos.find_map(|point| point["uri"].as_str()) {
        Some(address) => Conference::At(address.to_owned()),
        None if data["createRequest"]["status"]["statusCode"] == "pending" => Conference::Pending,
        None => Conference::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use serde_json::json;

    fn found(event: &Json) -> EntryFound {
        serde_json::from_value::<Found>(event.clone()).expect("an event").become_of()
    }

    #[test]
    fn an_event_is_there_at_a_time_that_a_meeting_can_have() {
        let at = |text: &str| json!({"dateTime": text});
        let (start, end) = (at("1970-01-01T01:00:01+01:00"), at("1970-01-01T00:00:02Z"));
        let there = EntryThere { start: Millis(1_000), end: Millis(2_000), ..EntryThere::default() };
        let cancelled = json!({"status": "cancelled", "start": start, "end": end});
        let weekly = json!({"start": start, "end": end, "recurrence": ["RRULE:FREQ=WEEKLY"]});
        let days = json!({"start": {"date": "2026-11-10"}, "end": {"date": "2026-11-11"}});
        for (event, expected) in [
            (json!({"status": "confirmed", "start": start, "end": end}), EntryFound::There(there)),
            (cancelled, EntryFound::Gone),
            (json!({"id": "a", "status": "cancelled"}), EntryFound::Gone),
            (weekly, EntryFound::Unclear),
            (days, EntryFound::Unclear),
            (json!({"start": end, "end": start}), EntryFound::Unclear),
            (json!({"start": start, "end": start}), EntryFound::Unclear),
            (json!({"start": start, "end": at("later")}), EntryFound::Unclear),
            (json!({}), EntryFound::Unclear),
        ] {
            assert_eq!(found(&event), expected, "{event}");
        }
    }

    #[test]
    fn guests_who_declined_are_named_in_lower_case() {
        let guest = |email: &str, answer: &str| json!({"email": email, "responseStatus": answer});
        let attendees = json!([guest("Zoe@Hollis.example", "declined"), guest("bo@acme.example", "accepted"), {}]);
        let (start, end) = (json!({"dateTime": "2026-11-10T09:00:00Z"}), json!({"dateTime": "2026-11-10T10:00:00Z"}));
        let EntryFound::There(there) = found(&json!({"start": start, "end": end, "attendees": attendees})) else {
            panic!("it is there");
        };
        assert_eq!(there.declined, ["zoe@hollis.example"]);
    }

    #[test]
    fn a_conference_is_there_pending_or_failed() {
        let asked = |status: &str| json!({"createRequest": {"status": {"statusCode": status}}});
        let point = |kind: &str, uri: &str| json!({"entryPointType": kind, "uri": uri});
        let there = json!({"entryPoints": [point("phone", "tel:+1"), point("video", "https://meet.example/a")]});
        for (data, expected) in [
            (json!(null), Conference::None),
            (asked("pending"), Conference::Pending),
            (asked("failure"), Conference::None),
            (there, Conference::At("https://meet.example/a".to_owned())),
        ] {
            assert_eq!(conference(&data), expected, "{data}");
        }
    }
}
