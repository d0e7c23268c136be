//! Events of meetings: each change of a meeting and of Meeting Status once, with who, when and where.

use crate::meetings::Office;
use crate::outbox::{deliveries, hook, last_sent};
use crate::story::rep;
use knock_engine::commands::{BusyTimes, ChangeMeeting, Changed, GiveEmail, MeetingChange, OpenBooking, SaveEndpoint};
use knock_model::{Destination, EventType, Millis, SiteId, WebhookId};
use knock_ports::Meeting;
use knock_status::meeting::Canceller;
use serde_json::{Value, json};

const EVENTS: [EventType; 5] = [
    EventType::MeetingBooked,
    EventType::MeetingRescheduled,
    EventType::MeetingCancelled,
    EventType::MeetingNoShow,
    EventType::MeetingStatusChanged,
];
const TO: Destination = Destination::webhook(WebhookId::from_bytes([9; 16]));

fn office() -> Office {
    let office = Office::open();
    assert!(office.story.change(SaveEndpoint { endpoint: hook(TO, &EVENTS) }));
    office
}

/// The types and the data of all events, oldest first.
fn events(office: &Office) -> Vec<(String, Value)> {
    let all = deliveries(&office.story).into_iter();
    all.map(|sent| (sent.effect.kind.as_str().to_owned(), serde_json::from_str(&sent.effect.data).expect("JSON")))
        .collect()
}

fn types(office: &Office) -> Vec<String> {
    events(office).into_iter().map(|(kind, _)| kind).collect()
}

/// The data of the last event.
fn last(office: &Office) -> Value {
    events(office).pop().expect("an event").1
}

fn change(office: &mut Office, meeting: &Meeting, change: MeetingChange, by: Canceller) -> Changed {
    let (id, now, busy) = (office.story.signal_id(), office.story.now, BusyTimes::new());
    let member = (by == Canceller::Rep).then(rep);
    office.story.commit(ChangeMeeting { meeting: meeting.id, change, by, member, busy, id, now })
}

fn booked(office: &mut Office) -> Meeting {
    office.books(1, 0, 0);
    office.meetings().pop().expect("booked")
}

#[test]
fn a_meeting_is_followed_from_the_click_to_its_cancellation() {
    let mut office = office();
    let arrival = office.step(1, 0).arrival;
    office.story.commit(OpenBooking { arrival, conversation: None, contact: None });
    assert_eq!((last(&office)["status"].clone(), last(&office)["previous"].clone()), (json!("New"), Value::Null));
    let meeting = booked(&mut office);
    assert_eq!(types(&office), ["meeting.status_changed", "meeting.status_changed", "meeting.booked"]);
    let (status, data) = (events(&office)[1].1.clone(), last(&office));
    assert_eq!((&status["previous"], &status["status"]), (&json!("New"), &json!("Meeting Booked")));
    assert_eq!((&status["time"], &status["owner"]), (&json!(meeting.start), &json!("rep@us.example")));
    assert_eq!(
        (&data["lead"]["email"], &data["account"]["domain"]),
        (&json!("ann@first.example"), &json!("first.example"))
    );
    let shown = &data["meeting"];
    assert_eq!((&shown["start"], &shown["end"]), (&json!(meeting.start), &json!(meeting.end)));
    assert_eq!((&shown["owner"], &shown["reps"]), (&json!("rep@us.example"), &json!(["rep@us.example"])));
    assert_eq!((&shown["link"], &shown["status"]), (&json!("meeting"), &json!("Meeting Booked")));

    let to = office.start(3);
    for _ in 0..2 {
        change(&mut office, &meeting, MeetingChange::Move(to), Canceller::Lead);
    }
    assert_eq!(types(&office)[3..], ["meeting.rescheduled"], "a repeated request is no second move");
    let moved = last(&office);
    assert_eq!((&moved["previous_start"], &moved["meeting"]["start"]), (&json!(meeting.start), &json!(to)));
    assert_eq!(moved["previous_owner"], "rep@us.example");

    change(&mut office, &meeting, MeetingChange::Cancel { reason: "I am ill".into() }, Canceller::Rep);
    assert_eq!(types(&office)[4..], ["meeting.status_changed", "meeting.cancelled"]);
    let data = last(&office);
    assert_eq!((&data["cancelled_by"], &data["rep"]), (&json!("Rep"), &json!("rep@us.example")));
    assert_eq!((&data["reason"], &data["meeting"]["status"]), (&json!("I am ill"), &json!("Meeting Cancelled")));
}

#[test]
fn a_lead_who_cancels_is_named_and_no_member_is() {
    let mut office = office();
    let meeting = booked(&mut office);
    change(&mut office, &meeting, MeetingChange::Cancel { reason: "".into() }, Canceller::Lead);
    let data = last(&office);
    assert_eq!((&data["cancelled_by"], &data["rep"], &data["reason"]), (&json!("Lead"), &Value::Null, &json!("")));
}

#[test]
fn only_that_a_lead_did_not_come_is_an_event_and_once() {
    let mut office = office();
    let meeting = booked(&mut office);
    office.story.now = meeting.end;
    let before = types(&office).len();
    for outcome in [Some(true), Some(false), Some(false), None] {
        change(&mut office, &meeting, MeetingChange::Outcome(outcome), Canceller::Rep);
    }
    assert_eq!(types(&office)[before..], ["meeting.no_show"]);
    assert_eq!(last(&office)["meeting"]["id"], json!(meeting.id));
}

#[test]
fn a_lead_who_goes_away_before_booking_is_an_event_of_the_clock_and_a_rebuild_sends_none() {
    let mut office = office();
    let step = office.step(1, 0);
    office.story.commit(OpenBooking { arrival: step.arrival.clone(), conversation: None, contact: None });
    office.story.commit(GiveEmail { step, busy: BusyTimes::new() });
    office.story.now = office.story.now + Millis(31 * Millis::MINUTE.0);
    office.story.fire();
    let data = last(&office);
    assert_eq!((&data["status"], &data["previous"]), (&json!("Qualified but Not Booked"), &json!("New")));
    assert_eq!((&data["rule"], &data["is_spam"]), (&json!("MS-05"), &json!(false)));
    let before = events(&office);
    office.story.rebuild();
    assert_eq!(events(&office), before);
    let statuses = last_sent(&office.story, EventType::MeetingStatusChanged, "lead", "status");
    assert_eq!(statuses.values().collect::<Vec<_>>(), [&json!("Qualified but Not Booked")]);
}

#[test]
fn a_webhook_of_another_site_gets_no_event_of_a_meeting_and_one_of_this_site_gets_all() {
    let mut office = Office::open();
    let other = Destination::webhook(WebhookId::from_bytes([8; 16]));
    for (to, site) in [(TO, SiteId(1)), (other, SiteId(2))] {
        let mut endpoint = hook(to, &EVENTS);
        endpoint.sites = vec![site];
        assert!(office.story.change(SaveEndpoint { endpoint }));
    }
    booked(&mut office);
    assert_eq!(types(&office), ["meeting.status_changed", "meeting.status_changed", "meeting.booked"]);
    let sent = office.read(|view| view.deliveries(other, i64::MAX, 10).expect("read"));
    assert!(sent.is_empty(), "{sent:?}");
}
