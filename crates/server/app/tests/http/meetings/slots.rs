//! The starts that are offered, by visitor.

use super::{Office, TUESDAY_TEN, browser, request};
use serde_json::json;

const ANN: &str = "ann@first.example";
const DAY: &str = "&from=2026-06-02&to=2026-06-03";

#[test]
fn starts_are_those_of_the_working_hours_in_the_zone_of_the_visitor() {
    let office = Office::open();
    let list = office.slots(ANN, DAY);
    let slots = list["slots"].as_array().expect("a list");
    assert_eq!(slots.len(), 16, "nine to five, half an hour each");
    assert_eq!(
        slots[0],
        json!({"start": "2026-06-02T07:00:00Z", "end": "2026-06-02T07:30:00Z",
        "local": "2026-06-02T09:00:00+02:00"})
    );
    assert_eq!(
        (&list["verdict"], &list["duration_min"], &list["tz"]),
        (&json!("ok"), &json!(30), &json!("Europe/Berlin"))
    );
    assert_eq!(list["next"], "2026-06-03T07:00:00Z");
    // It is noon in UTC: four hours' notice leaves nothing of Monday.
    assert_eq!(office.starts(ANN, "&from=2026-06-01&to=2026-06-02"), Vec::<String>::new());
    let own = [("origin", &*office.knock.url)];
    let without = office.knock.send("GET", "/v1/meetings/slots?link=meeting", &own, None);
    assert_eq!((without.code, &without.body["verdict"]), (200, &json!("email_required")));
    let wrong = office.knock.send("GET", "/v1/meetings/slots?link=meeting&tz=Mars/Olympus", &own, None);
    assert_eq!((wrong.code, &wrong.body["errors"][0]["pointer"]), (422, &json!("query/tz")));
}

#[test]
fn a_page_of_the_server_reads_starts_without_naming_an_origin_and_no_other_page_does() {
    let office = Office::open();
    let ask =
        |headers: &[(&str, &str)]| office.knock.send("GET", "/v1/meetings/slots?link=meeting", headers, None).code;
    assert_eq!(ask(&[]), 200, "a browser without fetch metadata");
    assert_eq!(ask(&[("sec-fetch-site", "same-origin")]), 200);
    assert_eq!(ask(&[("sec-fetch-site", "cross-site")]), 403);
    assert_eq!(ask(&[("origin", "https://elsewhere.example")]), 403);
}

#[test]
fn a_booked_slot_is_not_offered_and_a_cancelled_one_is_again() {
    let office = Office::open();
    let booked = office.books(1, ANN, TUESDAY_TEN);
    assert_eq!(booked.code, 201, "{}", booked.body);
    assert!(!office.starts("cat@second.example", DAY).contains(&TUESDAY_TEN.to_owned()));
    let again = office.books(2, "cat@second.example", TUESDAY_TEN);
    assert_eq!((again.code, again.text("type")), (409, "urn:knock:problem:slot-taken".into()));
    let fresh = again.body["slots"].as_array().expect("a list");
    assert!(!fresh.is_empty() && fresh.iter().all(|slot| slot["start"] != TUESDAY_TEN), "{}", again.body);

    let token = booked.text("token");
    assert_eq!(office.post(&format!("/v1/bookings/{token}/cancel"), &json!({})).code, 200);
    assert!(office.starts("cat@second.example", DAY).contains(&TUESDAY_TEN.to_owned()));
    assert_eq!(office.books(2, "cat@second.example", TUESDAY_TEN).code, 201);
}

#[test]
fn a_hold_protects_its_visitor_for_five_minutes() {
    let office = Office::open();
    let held = office.holds(1, ANN, TUESDAY_TEN);
    assert_eq!(held.code, 201, "{}", held.body);
    assert!(held.text("expires_at").starts_with("2026-06-01T12:05:"), "{}", held.body);
    assert_eq!(office.books(2, "cat@second.example", TUESDAY_TEN).code, 409);
    assert_eq!(office.holds(2, "cat@second.example", TUESDAY_TEN).code, 409);
    let own = format!("{DAY}&visitor={}", browser(1));
    assert!(office.starts(ANN, &own).contains(&TUESDAY_TEN.to_owned()), "one's own blocks nothing");
    let other = "2026-06-02T09:00:00Z";
    assert_eq!(office.holds(1, ANN, other).code, 201);
    assert_eq!(office.holds(2, "cat@second.example", TUESDAY_TEN).code, 201, "a visitor holds one slot at a time");

    office.knock.advance(6 * 60_000);
    assert_eq!(office.books(3, "dee@third.example", other).code, 201, "it has run out");
    assert_eq!(office.books(1, ANN, other).code, 409);
}

#[test]
fn the_one_who_holds_books_and_the_same_key_gives_the_same_answer() {
    let office = Office::open();
    assert_eq!(office.holds(1, ANN, TUESDAY_TEN).code, 201);
    let send = |key: &str, body: &serde_json::Value| {
        let headers = [("content-type", "application/json"), ("idempotency-key", key), ("origin", &*office.knock.url)];
        office.knock.send("POST", "/v1/meetings", &headers, Some(body.to_string().as_bytes()))
    };
    let body = request(1, ANN, TUESDAY_TEN);
    let first = send("a-1", &body);
    let again = send("a-1", &body);
    assert_eq!((first.code, again.code), (201, 201), "{}", again.body);
    assert_eq!(first.body, again.body);
    let other = send("a-1", &request(1, ANN, "2026-06-02T09:00:00Z"));
    assert_eq!((other.code, &other.body["errors"][0]["pointer"]), (422, &json!("header/idempotency-key")));
    assert_eq!(send("a-2", &body).code, 409, "another request does not book it twice");
    assert_eq!(office.meetings().len(), 1);
    assert_eq!(office.contact(ANN)["meetings"]["meetings"].as_array().expect("a list").len(), 1);
}
