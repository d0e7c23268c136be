//! The life of a meeting lead, each status with its stamp and fields (DOMAIN 1.3, 2.3), as in `knock explain status`.

use super::{HOUR, Office, TUESDAY_TEN};
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";

fn status(office: &Office) -> Value {
    office.contact(ANN)["meetings"].clone()
}

/// The instants before and after `work`, by the clock of the server.
fn within(office: &Office, work: impl FnOnce()) -> std::ops::RangeInclusive<i64> {
    let begun = office.knock.now();
    work();
    begun..=office.knock.now()
}

fn at(instant: &Value) -> i64 {
    instant.as_i64().expect("an instant")
}

#[test]
fn a_meeting_lead_lives_from_the_click_to_the_cancellation() {
    let office = Office::open();
    let clicked = within(&office, || assert_eq!(office.opens(1).code, 201));
    office.knock.advance(60_000);
    let qualified = within(&office, || assert_eq!(office.gives(1, ANN).body["verdict"], "ok"));
    let new = status(&office);
    assert_eq!(new["status"], "New", "{new}");
    assert!(clicked.contains(&at(&new["since"])), "{new}");
    let due = at(&new["next_change_at"]);
    assert!(qualified.contains(&(due - HOUR / 2)), "thirty minutes of silence (R14): {new}");

    office.knock.advance(HOUR);
    let dropped = status(&office);
    assert_eq!(dropped["status"], "Qualified but Not Booked");
    assert_eq!(dropped["since"], json!(due), "stamped with the instant it was due");

    let booked = office.books(1, ANN, TUESDAY_TEN);
    assert_eq!(booked.code, 201, "{}", booked.body);
    assert_eq!((&booked.body["start"], &booked.body["end"]), (&json!(TUESDAY_TEN), &json!("2026-06-02T08:30:00Z")));
    assert_eq!(booked.body["local"], "2026-06-02T01:00:00-07:00", "in the zone of the visitor, with the offset");
    assert_eq!(booked.body["owner"], "admin@localhost");
    let known = status(&office);
    assert_eq!(known["status"], "Meeting Booked");
    assert_eq!(known["meeting_time"], json!(1_780_387_200_000_i64));
    assert_eq!(known["meeting_owner"], "admin@localhost");

    let token = booked.text("token");
    let moved = office.post(&format!("/v1/bookings/{token}/reschedule"), &json!({"start": "2026-06-03T12:00:00Z"}));
    assert_eq!(moved.code, 200, "{}", moved.body);
    let known = status(&office);
    assert_eq!((&known["status"], &known["meeting_time"]), (&json!("Meeting Booked"), &json!(1_780_488_000_000_i64)));

    let cancelled = office.post(&format!("/v1/bookings/{token}/cancel"), &json!({"reason": "no time"}));
    assert_eq!((cancelled.code, &cancelled.body["state"]), (200, &json!("cancelled")));
    let known = status(&office);
    assert_eq!((&known["status"], &known["cancelled_by"]), (&json!("Meeting Cancelled"), &json!("Lead")));
    assert_eq!(known["meeting_time"], json!(1_780_488_000_000_i64), "it keeps its last value (R16)");
    let steps: Vec<&Value> = known["history"].as_array().expect("a list").iter().map(|step| &step["status"]).collect();
    assert_eq!(steps, ["New", "Qualified but Not Booked", "Meeting Booked", "Meeting Cancelled"]);
    let causes: Vec<&Value> = known["history"].as_array().expect("a list").iter().map(|step| &step["cause"]).collect();
    assert_eq!(causes, ["link_clicked", "booking_dropoff", "meeting_booked", "meeting_cancelled"]);
    assert_eq!(known["meetings"][0]["reason"], "no time");
}

#[test]
fn who_clicks_and_does_nothing_is_saved_after_three_hours() {
    let office = Office::open();
    assert_eq!(office.opens(1).code, 201);
    office.knock.advance(3 * HOUR);
    let of = |status: &str| {
        let path = format!("/api/v1/meeting-leads?status={}", status.replace(' ', "%20"));
        office.knock.get(&path, &office.key).body["leads"].as_array().expect("a list").len()
    };
    assert_eq!((of("New"), of("Save the Lead")), (0, 1));
    assert_eq!(office.opens(1).code, 201);
    assert_eq!((of("New"), of("Save the Lead")), (1, 0));
}

#[test]
fn who_leaves_on_purpose_has_dropped_off_at_once() {
    let office = Office::open();
    assert_eq!((office.opens(1).code, office.gives(1, ANN).code), (201, 200));
    let left = json!({"link": "meeting", "visitor": super::browser(1), "what": "abandoned"});
    assert_eq!(office.post("/v1/meetings/activity", &left).code, 204);
    let known = status(&office);
    assert_eq!((&known["status"], &known["rule"]), (&json!("Qualified but Not Booked"), &json!("MS-05")));
    let wrong = json!({"link": "meeting", "visitor": super::browser(1), "what": "gone"});
    assert_eq!(office.post("/v1/meetings/activity", &wrong).body["errors"][0]["pointer"], "/what");
}
