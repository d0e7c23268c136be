//! The events of a meeting as received, from the click to the cancellation.

use super::SETTINGS;
use crate::meetings::{Office, TUESDAY_TEN};
use crate::support::Knock;
use knock_testing::{Answer, Heard, Receiver};
use serde_json::{Value, json};

const EVENTS: [&str; 5] =
    ["meeting.booked", "meeting.cancelled", "meeting.no_show", "meeting.rescheduled", "meeting.status_changed"];
const ANN: &str = "ann@first.example";

fn patch(office: &Office, meeting: &str, change: &Value) -> u16 {
    office.admin.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{meeting}"), change).code
}

/// An office whose meetings are followed by a receiver.
fn followed() -> (Office, Receiver) {
    let (office, receiver) = (Office::of(Knock::start_with(&SETTINGS)), Receiver::start(|_, _| Answer::Code(200)));
    let draft = json!({"url": receiver.url("/"), "events": EVENTS});
    let made = office.knock.ask("POST", "/api/v1/webhooks", &office.key, &draft);
    assert_eq!(made.code, 201, "{}", made.body);
    (office, receiver)
}

fn has(heard: &[Heard], event: &str) -> bool {
    heard.iter().any(|heard| heard.body()["type"] == event)
}

fn data_of(heard: &[Heard], event: &str) -> Value {
    let body = heard.iter().map(Heard::body).find(|body| body["type"] == event);
    body.unwrap_or_else(|| panic!("no {event}"))["data"].clone()
}

#[test]
fn a_meeting_is_heard_of_from_the_click_to_its_cancellation() {
    let (office, receiver) = followed();
    assert_eq!(office.opens(1).code, 201);
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let evening = 1_780_423_200_000_i64;
    assert_eq!(patch(&office, &id, &json!({"start_at": evening})), 200);
    assert_eq!(patch(&office, &id, &json!({"cancel": "We are ill"})), 200);
    let heard = receiver.until(|heard| has(heard, "meeting.cancelled"));
    let types: Vec<Value> = heard.iter().map(|heard| heard.body()["type"].clone()).collect();
    let expected = [EVENTS[4], EVENTS[4], EVENTS[0], EVENTS[3], EVENTS[4], EVENTS[1]];
    assert_eq!(types, expected, "each once and in order");

    let booked = data_of(&heard, "meeting.booked");
    assert_eq!((&booked["meeting"]["id"], &booked["lead"]["email"]), (&json!(id), &json!(ANN)));
    assert_eq!(
        (&booked["meeting"]["owner"], &booked["account"]["domain"]),
        (&json!("admin@localhost"), &json!("first.example"))
    );
    assert_eq!(
        (&booked["meeting"]["link"], &booked["meeting"]["site"]),
        (&json!("meeting"), &json!(office.knock.site()))
    );
    let moved = data_of(&heard, "meeting.rescheduled");
    assert_eq!((&moved["meeting"]["start"], &moved["previous_start"]), (&json!(evening), &booked["meeting"]["start"]));
    let cancelled = data_of(&heard, "meeting.cancelled");
    assert_eq!((&cancelled["cancelled_by"], &cancelled["rep"]), (&json!("Rep"), &json!("admin@localhost")));
    assert_eq!(
        (&cancelled["reason"], &cancelled["meeting"]["status"]),
        (&json!("We are ill"), &json!("Meeting Cancelled"))
    );
}

#[test]
fn a_lead_who_does_not_come_is_heard_of() {
    let (office, receiver) = followed();
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    office.knock.advance(21 * crate::meetings::HOUR);
    assert_eq!(patch(&office, &id, &json!({"no_show": true})), 200);
    let heard = receiver.until(|heard| has(heard, "meeting.no_show"));
    assert_eq!(data_of(&heard, "meeting.no_show")["meeting"]["id"], json!(id));
}

#[test]
fn a_lead_who_does_not_book_is_heard_of_when_they_have_dropped_off() {
    let (office, receiver) = followed();
    assert_eq!(office.opens(1).code, 201);
    assert!(office.gives(1, ANN).code < 300);
    office.knock.advance(31 * 60_000);
    let heard = receiver.until(|heard| heard.len() == 2);
    let data = heard[1].body()["data"].clone();
    assert_eq!((&data["status"], &data["previous"]), (&json!("Qualified but Not Booked"), &json!("New")));
    assert_eq!((&data["lead"]["email"], &data["is_spam"]), (&json!(ANN), &json!(false)));
}
