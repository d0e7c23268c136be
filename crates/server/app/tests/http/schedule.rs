//! Working hours and busy times: a member's own, and those of the team.

use crate::meetings::{HOUR, Office, TUESDAY_TEN};
use crate::members::Browser;
use crate::support::{Knock, Reply};
use knock_model::Role;
use knock_testing::{CalendarServer, eventually};
use serde_json::{Value, json};

/// Tuesday, 2026-06-02, 00:00 UTC.
const TUESDAY: i64 = 1_780_358_400_000;

/// An office whose first rep has a calendar.
fn office(server: &CalendarServer) -> Office {
    let office = Office::of(Knock::start_with(&[("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")]));
    let mut draft = json!({"provider": "caldav", "url": server.url(), "events_in": server.calendar("work")});
    draft["user"] = CalendarServer::USER.into();
    draft["password"] = CalendarServer::PASSWORD.into();
    let connected = office.admin.ask(&office.knock, "POST", "/api/v1/calendars", &draft);
    assert_eq!(connected.code, 201, "{}", connected.body);
    office
}

fn asks(office: &Office, who: &Browser, from: i64, to: i64) -> Reply {
    who.get(&office.knock, &format!("/api/v1/schedule?from={from}&to={to}"))
}

fn tuesday(office: &Office, who: &Browser) -> Value {
    let reply = asks(office, who, TUESDAY, TUESDAY + 24 * HOUR);
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body
}

/// From an hour of Tuesday to another, in UTC.
fn span(from: i64, to: i64) -> Value {
    json!({"from": TUESDAY + from * HOUR, "to": TUESDAY + to * HOUR})
}

#[test]
fn a_member_sees_their_own_hours_and_calendar() {
    let server = CalendarServer::start();
    server.has("lunch", "DTSTART:20260602T110000Z\nDTEND:20260602T120000Z");
    server.has("after", "DTSTART:20260602T113000Z\nDTEND:20260602T130000Z");
    server.has("free", "DTSTART:20260602T140000Z\nDTEND:20260602T150000Z\nTRANSP:TRANSPARENT");
    let office = office(&server);
    // Nine to five in Berlin.
    let own = json!({"working": [span(7, 15)], "busy": [span(11, 13)], "is_unreachable": false});
    assert_eq!(tuesday(&office, &office.admin), own);

    // A meeting of Knock is shown as such: its event in the calendar is no other busy time.
    assert_eq!(office.books(1, "ann@first.example", TUESDAY_TEN).code, 201);
    eventually("it is in the calendar", || server.events("work").len() == 4);
    office.knock.advance(2 * 60_000);
    assert_eq!(tuesday(&office, &office.admin), own);

    let bo = Browser::member(&office.knock, &office.admin, "bo@us.example", Role::Rep);
    let none = json!({"working": [], "busy": [], "is_unreachable": false});
    assert_eq!(tuesday(&office, &bo), none, "nothing of a colleague");
}

#[test]
fn a_calendar_that_cannot_be_read_is_said() {
    let mut server = CalendarServer::start();
    let office = office(&server);
    server.stop();
    office.knock.advance(2 * 60_000);
    let shown = tuesday(&office, &office.admin);
    assert_eq!((&shown["is_unreachable"], &shown["working"]), (&json!(true), &json!([span(7, 15)])), "{shown}");
}

#[test]
fn a_window_has_bounds_and_a_key_no_schedule() {
    let office = Office::open();
    let days = |days: i64| asks(&office, &office.admin, TUESDAY, TUESDAY + days * 24 * HOUR);
    assert_eq!((days(35).code, days(36).code, days(0).code), (200, 400, 400));
    assert_eq!(days(36).body["errors"][0]["pointer"], "query/to");
    assert_eq!(asks(&office, &office.admin, i64::MIN, i64::MIN + 1).code, 400, "no calendar has that day");
    let path = format!("/api/v1/schedule?from={TUESDAY}&to={}", TUESDAY + HOUR);
    assert_eq!(office.knock.get(&path, &office.key).code, 403);
}

fn team(office: &Office, who: &Browser, days: i64) -> Reply {
    who.get(&office.knock, &format!("/api/v1/schedule/team?from={TUESDAY}&to={}", TUESDAY + days * 24 * HOUR))
}

#[test]
fn the_team_sees_meetings_and_busy_times_of_a_colleague_without_titles() {
    let server = CalendarServer::start();
    let secret = "SUMMARY:Dentist\nLOCATION:Harbour Street\n";
    server.has("early", &format!("{secret}DTSTART:20260602T110000Z\nDTEND:20260602T120000Z"));
    server.has("late", &format!("{secret}DTSTART:20260602T113000Z\nDTEND:20260602T130000Z"));
    let office = office(&server);
    let bo = Browser::member(&office.knock, &office.admin, "bo@us.example", Role::Rep);
    assert_eq!(office.books(1, "ann@first.example", TUESDAY_TEN).code, 201);
    assert_eq!(office.books(2, "kim@second.example", "2026-06-02T09:00:00Z").code, 201);
    let meetings = office.meetings();
    let of = |email: &str| meetings.iter().find(|row| row["email"] == email).expect("a meeting");
    let (kept, dropped) = (of("ann@first.example"), of("kim@second.example"));
    let path = format!("/api/v1/meetings/{}", dropped["id"].as_str().expect("an id"));
    let cancelled = office.admin.ask(&office.knock, "PATCH", &path, &json!({"cancel": ""}));
    assert_eq!(cancelled.code, 200, "{}", cancelled.body);

    let shown = team(&office, &bo, 1);
    let meeting = json!({"id": kept["id"], "title": kept["title"], "from": kept["start_at"], "to": kept["end_at"]});
    let admin = json!({"id": office.admin.id_of(&office.knock, "admin@localhost"), "name": "admin@localhost",
        "has_calendar": true, "working": [span(7, 15)], "busy": [span(11, 13)], "meetings": [meeting],
        "is_unreachable": false});
    let own = json!({"id": office.admin.id_of(&office.knock, "bo@us.example"), "name": "Bo", "has_calendar": false,
        "working": [], "busy": [], "meetings": [], "is_unreachable": false});
    assert_eq!((shown.code, &shown.body), (200, &json!({"members": [admin, own]})));
}

#[test]
fn the_team_sees_that_a_calendar_cannot_be_read() {
    let mut server = CalendarServer::start();
    let office = office(&server);
    server.stop();
    office.knock.advance(2 * 60_000);
    let shown = team(&office, &office.admin, 1).body;
    let member = &shown["members"][0];
    assert_eq!((&member["is_unreachable"], &member["has_calendar"]), (&json!(true), &json!(true)), "{shown}");
    assert_eq!((&member["busy"], &member["working"]), (&json!([]), &json!([span(7, 15)])), "{shown}");
}

#[test]
fn the_time_of_the_team_has_bounds_and_a_key_gets_none() {
    let office = Office::open();
    let days = |days: i64| team(&office, &office.admin, days);
    assert_eq!((days(8).code, days(9).code, days(0).code), (200, 400, 400));
    assert_eq!(days(9).body["errors"][0]["pointer"], "query/to");
    let path = format!("/api/v1/schedule/team?from={TUESDAY}&to={}", TUESDAY + HOUR);
    assert_eq!(office.knock.get(&path, &office.key).code, 403);
}
