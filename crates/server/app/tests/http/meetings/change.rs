//! Meetings rescheduled, cancelled and reassigned, by the visitor and by the team.

use super::{HOUR, Office, TUESDAY_TEN};
use crate::support::Reply;
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";

fn patch(office: &Office, meeting: &str, change: &Value) -> Reply {
    office.admin.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{meeting}"), change)
}

#[test]
fn a_visitor_changes_a_meeting_until_an_hour_before_it() {
    let office = Office::open();
    let booked = office.books(1, ANN, TUESDAY_TEN);
    let path = format!("/v1/bookings/{}", booked.text("token"));
    let slots = office.knock.send("GET", &format!("{path}/slots?from=2026-06-02&to=2026-06-03"), &[], None).body;
    assert!(
        slots["slots"].as_array().expect("a list").iter().any(|slot| slot["start"] == TUESDAY_TEN),
        "its own is free"
    );
    let other = office.books(2, "cat@second.example", "2026-06-02T09:00:00Z");
    assert_eq!(other.code, 201);
    let taken = office.post(&format!("{path}/reschedule"), &json!({"start": "2026-06-02T09:00:00Z"}));
    assert_eq!(taken.code, 409, "{}", taken.body);
    let overlapping = office.post(&format!("{path}/reschedule"), &json!({"start": "2026-06-02T08:30:00Z"}));
    assert_eq!(overlapping.code, 200, "{}", overlapping.body);

    office.knock.set_clock(&json!({"now": "2026-06-02T07:29:00Z"}));
    assert_eq!(
        office.knock.send("GET", &path, &[], None).body["can_change"],
        json!(true),
        "an hour before it is in time"
    );
    office.knock.advance(60_000);
    assert_eq!(office.knock.send("GET", &path, &[], None).body["can_change"], json!(false));
    let late = office.post(&format!("{path}/cancel"), &json!({}));
    assert_eq!((late.code, late.text("type")), (410, "urn:knock:problem:booking-over".into()));
    let is_over = || office.knock.send("GET", &path, &[], None).body["is_over"].clone();
    assert_eq!(is_over(), json!(false));
    office.knock.advance(90 * 60_000);
    assert_eq!(is_over(), json!(true), "browsers no longer show it");
    let forged = office.knock.send("GET", "/v1/bookings/BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ", &[], None);
    assert_eq!(forged.code, 404);
}

#[test]
fn the_team_moves_hands_over_and_cancels() {
    let office = Office::open();
    let bo = office.rep("bo");
    let booked = office.books(1, ANN, TUESDAY_TEN);
    let id = booked.text("meeting");
    let evening = 1_780_423_200_000_i64;
    let moved = patch(&office, &id, &json!({"start_at": evening}));
    assert_eq!((moved.code, &moved.body["start_at"]), (200, &json!(evening)), "outside of the hours: {}", moved.body);
    let given = patch(&office, &id, &json!({"owner": bo}));
    assert_eq!((given.code, &given.body["owner_name"]), (200, &json!("Bo")), "{}", given.body);
    let known = office.contact(ANN)["meetings"].clone();
    assert_eq!((&known["meeting_owner"], &known["meeting_time"]), (&json!("bo@us.example"), &json!(evening)));
    assert_eq!(office.books(2, "cat@second.example", TUESDAY_TEN).code, 201, "what was given back is free");

    let cancelled = patch(&office, &id, &json!({"cancel": "Bo is ill"}));
    assert_eq!((cancelled.code, &cancelled.body["cancelled_by"]), (200, &json!("Rep")));
    assert_eq!(office.contact(ANN)["meetings"]["status"], "Meeting Cancelled");
    assert_eq!(patch(&office, &id, &json!({"cancel": ""})).code, 409, "once");
    let wrong = patch(&office, &id, &json!({"cancel": "", "no_show": true}));
    assert_eq!(wrong.code, 422, "{}", wrong.body);
    let log = office.knock.get("/api/v1/audit?limit=200", &office.key).body.to_string();
    for what in ["moved", "reassigned", "cancelled"] {
        assert!(log.contains(&format!("\"{what}\"")), "{what}: {log}");
    }
}

#[test]
fn a_lead_who_does_not_come_is_marked_and_stays_booked() {
    let office = Office::open();
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    assert_eq!(patch(&office, &id, &json!({"no_show": true})).code, 409, "not before it begins");
    office.knock.advance(21 * HOUR);
    let marked = patch(&office, &id, &json!({"no_show": true}));
    assert_eq!((marked.code, &marked.body["state"]), (200, &json!("no_show")), "{}", marked.body);
    assert_eq!(office.contact(ANN)["meetings"]["status"], "Meeting Booked", "R17");
    let cancelled = patch(&office, &id, &json!({"cancel": ""}));
    assert_eq!(cancelled.code, 409);
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let office = Office::open();
    let booked = office.books(1, ANN, TUESDAY_TEN);
    assert_eq!(booked.code, 201);
    let Office { knock, key, .. } = office;
    let knock = knock.kill_and_restart();
    let page = knock.get("/api/v1/meetings", &key).body;
    assert_eq!(page["meetings"][0]["id"], booked.body["meeting"]);
    let path = format!("/v1/bookings/{}", booked.text("token"));
    assert_eq!(knock.send("GET", &path, &[], None).body["state"], "booked");
    let file = knock.send("GET", &format!("{path}/invite.ics"), &[], None);
    let text = file.body.as_str().expect("a text");
    assert!(text.contains("DTSTART:20260602T080000Z"), "{text}");
    let text = text.replace("\r\n ", "");
    let link = format!("{}/m/{}", knock.url, booked.text("token"));
    assert!(text.contains("BEGIN:VALARM") && text.contains(&format!("URL:{link}")), "{text}");
    assert!(text.contains(&format!("Reschedule or cancel: {link}")), "{text}");
    assert!(!text.contains("localhost\r"), "no mail reaches the first admin: {text}");
}

#[test]
fn what_is_asked_for_again_changes_nothing() {
    let office = Office::open();
    let booked = office.books(1, ANN, TUESDAY_TEN);
    let (id, path) = (booked.text("meeting"), format!("/v1/bookings/{}/reschedule", booked.text("token")));
    let bo = office.rep("bo");
    let later = json!({"start": "2026-06-02T12:00:00Z"});
    let moved = office.post(&path, &later);
    let given = patch(&office, &id, &json!({"owner": bo}));
    assert_eq!((moved.code, given.code), (200, 200), "{} {}", moved.body, given.body);
    let entries = || office.knock.get("/api/v1/audit", &office.key).body["entries"].clone();
    let before = (office.meetings(), entries());
    office.knock.advance(60_000);
    assert_eq!(office.post(&path, &later).code, 200);
    assert_eq!(patch(&office, &id, &json!({"owner": bo})).code, 200);
    assert_eq!(patch(&office, &id, &json!({"start_at": 1_780_401_600_000_i64})).code, 200);
    assert_eq!((office.meetings(), entries()), before, "neither meeting nor audit log");
}

#[test]
fn the_life_of_a_meeting_is_on_the_timeline_of_the_contact() {
    let office = Office::open();
    let bo = office.rep("bo");
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let evening = 1_780_423_200_000_i64;
    for change in [json!({"start_at": evening}), json!({"owner": bo}), json!({"cancel": "Bo is ill"})] {
        office.knock.advance(1_000);
        assert_eq!(patch(&office, &id, &change).code, 200, "{change}");
    }
    let contact = office.contact(ANN)["contact"]["id"].as_str().expect("an id").to_owned();
    let timeline =
        |more: &str| office.knock.get(&format!("/api/v1/timeline?contact={contact}{more}"), &office.key).body;
    let page = timeline("&part=conversation");
    let events = page["events"].as_array().expect("a list");
    let event =
        |kind: &str| events.iter().find(|event| event["kind"] == kind).unwrap_or_else(|| panic!("{kind}: {page}"));
    let by = json!("admin@localhost");
    let moved = event("meeting_moved");
    assert_eq!((&moved["by"], &moved["until"], &moved["meeting"]), (&by, &json!(evening), &json!(id)));
    assert_eq!((&event("meeting_reassigned")["by"], &event("meeting_reassigned")["to"]), (&by, &json!("Bo")));
    let cancelled = event("meeting_cancelled");
    assert_eq!((&cancelled["by"], &cancelled["text"]), (&by, &json!("Bo is ill")));
    assert!(events.iter().all(|event| event["kind"] != "meeting_booked"), "the signal is the booking: {page}");
    let booked = page["entries"].as_array().expect("a list").iter().filter(|entry| entry["type"] == "meeting_booked");
    assert_eq!(booked.count(), 1, "{page}");
    assert_eq!(event("meeting_status")["to"], "Meeting Cancelled");
    assert_eq!(timeline("&part=team")["entries"], json!([]));
}
