//! A calendar server that is unreachable, refuses the password, or has very many events: the slots that visitors are
//! offered, and the health that the team sees.

use super::scripted::{Scripted, events};
use super::{ANN, MINUTE, post, start};
use crate::meetings::{Office, TUESDAY_TEN};
use knock_testing::Answer;
use serde_json::{Value, json};

const DAY: &str = "&from=2026-06-02&to=2026-06-03";
const SLOTS: usize = 16;

/// The response to a query for events, and the problem that the team sees.
fn failures() -> Vec<(&'static str, Answer, &'static str)> {
    let page = || Answer::Full(200, vec![("content-type", "text/html".to_owned())], b"<html>Sign in</html>".to_vec());
    vec![
        ("401", Answer::Code(401), "the calendar server does not accept user and password"),
        ("404", Answer::Code(404), "the calendar is no longer there"),
        ("410", Answer::Code(410), "the calendar is no longer there"),
        ("429", Answer::With(429, "retry-after", "7".to_owned()), "the calendar server asks to be asked later (429)"),
        ("503", Answer::Code(503), "the calendar server asks to be asked later (503)"),
        ("a page", page(), "the calendar server answered something else than was asked for"),
    ]
}

/// An office whose only rep has connected the calendar of this server.
fn office(server: &Scripted) -> Office {
    let office = Office::of(start(&[]));
    let draft =
        json!({"provider": "caldav", "url": server.url(), "user": "ann", "password": "secret", "events_in": ""});
    let connected = post(&office.knock, &office.admin, &draft);
    assert_eq!((connected.code, &connected.body["health"]["problem"]), (201, &json!("")), "{}", connected.body);
    office
}

fn unreachable(office: &Office, value: &str) {
    let change = json!({"unreachable_calendar": value});
    let reply = office.admin.ask(&office.knock, "PUT", "/api/v1/settings/meetings", &change);
    assert_eq!(reply.code, 200, "{}", reply.body);
}

/// The health of the calendar, the same on the member's own page and on the page of the team's managers.
fn health(office: &Office) -> Value {
    let own = super::health(office);
    let id = office.admin.id_of(&office.knock, "admin@localhost");
    assert_eq!(office.admin.get(&office.knock, &format!("/api/v1/members/{id}/calendar")).body, own);
    own
}

/// Checks that no slot is offered, and that a booking is refused.
fn nothing_is_offered(office: &Office, visitor: u64, email: &str, name: &str) {
    let said = office.gives(visitor, email).body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unbookable"), &json!("no_calendar")), "{name}");
    let list = office.slots(email, DAY);
    assert_eq!((&list["slots"], &list["is_unreachable"]), (&json!([]), &json!(true)), "{name}");
    assert_eq!(office.holds(visitor, email, TUESDAY_TEN).code, 409, "{name}");
    assert_eq!(office.books(visitor, email, TUESDAY_TEN).code, 409, "{name}");
    assert_eq!(office.contact(email)["meetings"]["status"], "New", "{name}: they stay qualified");
}

/// Checks that all working hours are offered and can be booked.
fn working_hours_are_offered(office: &Office, visitor: u64, email: &str, name: &str) {
    assert_eq!(office.gives(visitor, email).body["verdict"], "ok", "{name}");
    assert_eq!(office.starts(email, DAY).len(), SLOTS, "{name}");
    let booked = office.books(visitor, email, TUESDAY_TEN);
    assert_eq!(booked.code, 201, "{name}: {}", booked.body);
    let cancelled = office.post(&format!("/v1/bookings/{}/cancel", booked.text("token")), &json!({}));
    assert_eq!(cancelled.code, 200, "{name}");
}

#[test]
fn a_visitor_is_offered_nothing_while_a_calendar_cannot_be_read_unless_the_workspace_says_so() {
    let server = Scripted::start();
    server.answers(events(""));
    let office = office(&server);
    for (number, (name, answer, problem)) in (0..).zip(failures()) {
        // Visitors and a lead of its own.
        let (first, second, email) = (2 * number + 1, 2 * number + 2, format!("ann@firm{number}.example"));
        assert_eq!(office.starts(&email, DAY).len(), SLOTS, "{name}: before");
        server.answers(answer);
        let since = office.knock.advance(2 * MINUTE);
        nothing_is_offered(&office, first, &email, name);
        let known = health(&office);
        assert_eq!((&known["is_connected"], &known["problem"]), (&json!(true), &json!(problem)), "{name}");
        assert!(known["problem_since"].as_i64().is_some_and(|at| at >= since), "{name}: {known}");

        unreachable(&office, "offer");
        working_hours_are_offered(&office, second, &email, name);
        assert_eq!(health(&office)["problem"], problem, "{name}: the team sees the problem all the same");
        unreachable(&office, "block");
        assert_eq!(office.starts(&email, DAY), [""; 0], "{name}");

        server.answers(events(""));
        office.knock.advance(2 * MINUTE);
        assert_eq!(office.starts(&email, DAY).len(), SLOTS, "{name}: afterwards");
        let known = health(&office);
        assert_eq!((&known["problem"], &known["problem_since"]), (&json!(""), &Value::Null), "{name}");
    }
}

/// Neither the member nor the rest of the calendar is lost for it.
#[test]
fn an_event_that_cannot_be_read_blocks_its_time_and_is_named() {
    let server = Scripted::start();
    let office = office(&server);
    // Ten to eleven in an unknown city of Europe: from 06:00 to 11:00 by UTC.
    let unknown = "SUMMARY:Lunch\nDTSTART;TZID=Europe/Nowhere:20260602T100000\nDURATION:PT1H\n";
    server.answers(events(&format!("{unknown}----\nDTSTART:20260603T090000Z\nDURATION:PT1H\n")));
    office.knock.advance(2 * MINUTE);
    let offered = office.starts(ANN, DAY);
    assert!(!offered.is_empty() && offered.iter().all(|slot| slot.as_str() >= "2026-06-02T11:00"), "{offered:?}");
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 409);
    let account = office.admin.get(&office.knock, super::OWN).body["accounts"][0].clone();
    let reason = "its time zone `Europe/Nowhere` is not known";
    assert_eq!(account["unread"], json!([{"title": "Lunch", "day": "2026-06-02", "reason": reason}]));
    assert_eq!((&account["health"]["problem"], &account["health"]["unread"]), (&json!(""), &json!(1)));
    // Admins see the number alone.
    let id = office.admin.id_of(&office.knock, "admin@localhost");
    let seen = office.admin.get(&office.knock, &format!("/api/v1/members/{id}/calendar")).body;
    assert_eq!((&seen["unread"], seen.to_string().contains("Lunch")), (&json!(1), false));

    server.answers(events(""));
    office.knock.advance(2 * MINUTE);
    assert_eq!(office.starts(ANN, DAY).len(), SLOTS);
    let account = office.admin.get(&office.knock, super::OWN).body["accounts"][0].clone();
    assert_eq!((&account["unread"], &account["health"]["unread"]), (&json!([]), &json!(0)));
}

/// A slow server is, for a visitor who waits, one that does not respond: this one never does, and visitors can go on.
#[test]
fn a_visitor_does_not_wait_for_a_calendar_that_does_not_answer() {
    let server = Scripted::start();
    let office = office(&server);
    server.answers(Answer::Silence);
    office.knock.advance(2 * MINUTE);
    let asked = server.asked();
    let list = office.slots(ANN, DAY);
    assert_eq!((&list["slots"], &list["is_unreachable"]), (&json!([]), &json!(true)));
    assert_eq!(health(&office)["problem"], "the calendar server did not answer in time");
    // Visitors within the next minute do not wait: the calendar is not read again.
    nothing_is_offered(&office, 1, ANN, "silent");
    unreachable(&office, "offer");
    working_hours_are_offered(&office, 2, ANN, "silent");
    assert_eq!(server.asked(), asked + 1, "it was asked once");
}

#[test]
fn moving_a_meeting_reports_a_calendar_that_cannot_be_read() {
    let server = Scripted::start();
    let office = office(&server);
    let token = office.books(1, ANN, TUESDAY_TEN).text("token");
    let slots = || office.knock.send("GET", &format!("/v1/bookings/{token}/slots"), &[], None).body;
    let is_offered = |list: &Value| list["slots"].as_array().is_some_and(|slots| !slots.is_empty());
    let before = slots();
    assert!(is_offered(&before) && before["is_unreachable"] == false, "{before}");
    server.answers(Answer::Code(503));
    office.knock.advance(2 * MINUTE);
    let meanwhile = slots();
    assert!(!is_offered(&meanwhile) && meanwhile["is_unreachable"] == true, "{meanwhile}");
}

#[test]
fn a_calendar_of_five_thousand_events_is_read_whole() {
    let server = Scripted::start();
    // Ten minutes each, from midnight on Tuesday for 34 days, except for the last hour of each working day.
    let minute =
        |number: i64| jiff::Timestamp::from_millisecond(1_780_358_400_000 + number * 10 * MINUTE).expect("one");
    let stamp = |number: i64| minute(number).strftime("%Y%m%dT%H%M%SZ").to_string();
    let is_free = |number: i64| (84..90).contains(&(number % 144));
    let busy = (0..).filter(|number| !is_free(*number)).take(5_000);
    let lines: Vec<String> = busy
        .map(|number| format!("DTSTART:{}\nDTEND:{}\nSUMMARY:Call {number}\n", stamp(number), stamp(number + 1)))
        .collect();
    let office = office(&server);
    server.answers(events(&lines.join("----\n")));
    office.knock.advance(2 * MINUTE);
    let week = office.starts(ANN, "&from=2026-06-02&to=2026-06-05");
    let left = |day: u8| ["14:00", "14:30"].map(|time| format!("2026-06-0{day}T{time}:00Z"));
    assert_eq!(week, [left(2), left(3), left(4)].concat());
    assert_eq!(office.books(1, ANN, &week[0]).code, 201);
    assert_eq!(office.books(2, ANN, TUESDAY_TEN).code, 409);
    assert_eq!(health(&office)["problem"], "");
}
