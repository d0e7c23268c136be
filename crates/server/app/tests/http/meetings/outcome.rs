//! Whether a meeting took place, as the team says, and who cancelled one.

use super::{HOUR, Office, TUESDAY_TEN};
use crate::members::Browser;
use crate::support::Reply;
use knock_model::Role;
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";

fn patch(office: &Office, meeting: &str, change: &Value) -> Reply {
    office.admin.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{meeting}"), change)
}

/// The kinds of the events on the timeline of the lead.
fn kinds(office: &Office) -> Vec<String> {
    let contact = office.contact(ANN)["contact"]["id"].as_str().expect("an id").to_owned();
    let page = office.knock.get(&format!("/api/v1/timeline?contact={contact}&part=conversation"), &office.key).body;
    let events = page["events"].as_array().expect("a list").iter();
    events.map(|event| event["kind"].as_str().expect("a word").to_owned()).collect()
}

fn count(office: &Office, kind: &str) -> usize {
    kinds(office).iter().filter(|known| *known == kind).count()
}

#[test]
fn the_outcome_is_what_the_team_says() {
    let office = Office::open();
    let booked = office.books(1, ANN, TUESDAY_TEN);
    let id = booked.text("meeting");
    for early in [json!({"took_place": true}), json!({"no_show": true})] {
        assert_eq!(patch(&office, &id, &early).code, 409, "not before it begins");
    }
    office.knock.advance(21 * HOUR);
    let held = patch(&office, &id, &json!({"took_place": true}));
    assert_eq!((held.code, &held.body["state"]), (200, &json!("held")), "{}", held.body);
    assert_eq!(count(&office, "meeting_held"), 1);
    assert_eq!(office.contact(ANN)["meetings"]["status"], "Meeting Booked", "R17");
    let page = office.knock.send("GET", &format!("/v1/bookings/{}", booked.text("token")), &[], None).body;
    assert_eq!(page["state"], "booked", "the visitor sees their meeting as it was");
    let found = office.knock.get("/api/v1/meetings?state=held", &office.key).body["meetings"].clone();
    assert_eq!((found.as_array().map(Vec::len), &found[0]["id"]), (Some(1), &json!(id)));

    let entries = || office.knock.get("/api/v1/audit?action=meeting.changed", &office.key).body["entries"].clone();
    let before = entries();
    let again = patch(&office, &id, &json!({"took_place": true}));
    assert_eq!((again.code, again.body == held.body, entries()), (200, true, before), "once is enough");

    let undone = patch(&office, &id, &json!({"took_place": false}));
    assert_eq!((undone.code, &undone.body["state"]), (200, &json!("booked")));
    assert_eq!(count(&office, "meeting_held"), 1, "an undo says nothing of the meeting");
    assert_eq!(entries()[0]["after"]["what"], "outcome_removed");
    let missed = patch(&office, &id, &json!({"no_show": true}));
    assert_eq!((missed.code, &missed.body["state"]), (200, &json!("no_show")));
    assert_eq!(count(&office, "meeting_missed"), 1);
    let undone = patch(&office, &id, &json!({"no_show": false}));
    assert_eq!((undone.code, &undone.body["state"]), (200, &json!("booked")));
    for both in [json!({"no_show": true, "took_place": true}), json!({"took_place": true, "cancel": ""})] {
        assert_eq!(patch(&office, &id, &both).code, 422, "one change at a time: {both}");
    }
}

#[test]
fn what_was_said_of_a_meeting_survives_a_kill() {
    let mut office = Office::open();
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    office.knock.advance(21 * HOUR);
    assert_eq!(patch(&office, &id, &json!({"took_place": true})).code, 200);
    office.knock = office.knock.kill_and_restart();
    assert_eq!(office.meetings()[0]["state"], "held");
}

#[test]
fn a_cancelled_meeting_names_who_cancelled_it() {
    let office = Office::open();
    let bo = Browser::member(&office.knock, &office.admin, "bo@us.example", Role::Rep);
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let by_bo = bo.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{id}"), &json!({"cancel": "Ill"}));
    let by = |row: &Value| (row["cancelled_by"].clone(), row["cancelled_by_name"].clone());
    assert_eq!(by(&by_bo.body), (json!("Rep"), json!("Bo")), "{}", by_bo.body);

    let again = office.books(1, ANN, TUESDAY_TEN);
    let path = format!("/v1/bookings/{}/cancel", again.text("token"));
    assert_eq!(office.post(&path, &json!({})).code, 200);
    let row = office.knock.get(&format!("/api/v1/meetings/{}", again.text("meeting")), &office.key).body;
    assert_eq!(by(&row), (json!("Lead"), Value::Null), "{row}");

    let third = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let by_key = office.knock.ask("PATCH", &format!("/api/v1/meetings/{third}"), &office.key, &json!({"cancel": ""}));
    assert_eq!(by(&by_key.body), (json!("Rep"), Value::Null), "{}", by_key.body);
}

#[test]
fn a_meeting_is_not_moved_into_the_past() {
    let office = Office::open();
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let refused = patch(&office, &id, &json!({"start_at": office.knock.now() - 1_000}));
    let expected = json!({"pointer": "/start_at", "reason": "is in the past: choose a time to come"});
    assert_eq!((refused.code, &refused.body["errors"][0]), (422, &expected), "{}", refused.body);
}
