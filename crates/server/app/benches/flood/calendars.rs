//! Requests for slots of a member whose calendar holds events that take the time and the stack of their reader.

use crate::attack::FROM;
use knock_testing::{Answer, JSON, Receiver, TestServer};
use serde_json::json;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

static CALENDAR: OnceLock<Receiver> = OnceLock::new();
/// The number of queries for events: each gets another kind.
static ASKED: AtomicU64 = AtomicU64::new(0);

/// Connects the calendar of the first member.
pub(crate) fn prepare(server: &TestServer) {
    let calendar = CALENDAR.get_or_init(|| {
        Receiver::start(|heard, _| match heard.text.contains("calendar-query") {
            true => events(ASKED.fetch_add(1, Ordering::Relaxed)),
            false => itself(&heard.path),
        })
    });
    let cookie = server.session();
    let headers = [JSON, ("cookie", cookie.as_str()), ("origin", server.url.as_str())];
    let draft = json!({"provider": "caldav", "url": calendar.url("/calendar/"), "user": "ann", "password": "secret", "events_in": ""});
    let connected = server.send("POST", "/api/v1/calendars", &headers, Some(draft.to_string().as_bytes()));
    assert_eq!(connected.code, 201, "{}", connected.body);
}

/// Asks once for slots; whether the calendar could be read.
pub(crate) fn send(server: &TestServer, _: &str, number: u64) -> bool {
    let path = format!("/v1/meetings/slots?link=meeting&email=lead{number}@firm.example&tz=UTC");
    let reply = server.send("GET", &path, &[("origin", &server.url), FROM], None);
    reply.code == 200 && reply.body["is_unreachable"] != json!(true)
}

fn events(number: u64) -> Answer {
    let event = match number % 3 {
        0 => format!("{}{}", "BEGIN:VALARM\n".repeat(3_000), "END:VALARM\n".repeat(3_000)),
        1 => "DURATION:PT1S\nRRULE:FREQ=SECONDLY\n".to_owned(),
        _ => "DURATION:PT1H\nRRULE:FREQ=HOURLY\n".to_owned(),
    };
    let data = format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART:19700101T000000Z\n{event}\
         END:VEVENT\nEND:VCALENDAR\n"
    );
    multistatus(&format!(
        "<response><href>/calendar/1.ics</href><propstat><prop><c:calendar-data>{data}</c:calendar-data></prop>\
         <status>HTTP/1.1 200 OK</status></propstat></response>"
    ))
}

/// The properties of the calendar.
fn itself(path: &str) -> Answer {
    multistatus(&format!(
        "<response><href>{path}</href><propstat><prop><displayname>Work</displayname><resourcetype><collection/>\
         <c:calendar/></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
    ))
}

fn multistatus(responses: &str) -> Answer {
    let body =
        format!(r#"<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{responses}</multistatus>"#);
    Answer::Full(207, vec![("content-type", "application/xml".to_owned())], body.into_bytes())
}
