//! Faults of calendar servers. None of them counts as free time.

use crate::scripted::Scripted;
use crate::{client, november};
use knock_model::Millis;
use knock_ports::{CalendarAccount, CalendarFailure};
use std::time::Duration;

async fn busy(server: &Scripted, patience: Duration) -> CalendarFailure {
    let caldav = client(server.url.clone(), "secret", patience);
    caldav.busy(&[server.url.to_string()], november("UTC")).await.expect_err("no busy time")
}

fn later(words: &str, after: Option<Millis>) -> CalendarFailure {
    CalendarFailure::Later { words: words.to_owned(), after }
}

#[tokio::test]
async fn every_bad_answer_is_a_failure_that_says_what_it_is() {
    let unauthorized = || CalendarFailure::Unauthorized("the calendar server does not accept user and password".into());
    let gone = || CalendarFailure::Gone("the calendar is no longer there".into());
    let limited = later("the calendar server asks to be asked later (429)", Some(Millis(7_000)));
    let down = later("the calendar server asks to be asked later (503)", None);
    for (head, expected) in [
        ("401 Unauthorized", unauthorized()),
        ("403 Forbidden", unauthorized()),
        ("404 Not Found", gone()),
        ("410 Gone", gone()),
        ("429 Too Many Requests\r\nretry-after: 7", limited),
        ("503 Service Unavailable", down),
        ("302 Found\r\nlocation: /login", CalendarFailure::Refused("the calendar server answered 302".into())),
    ] {
        let server = Scripted::answering(head, "", Duration::ZERO);
        assert_eq!(busy(&server, Duration::from_secs(5)).await, expected, "{head}");
    }
}

#[tokio::test]
async fn answers_that_are_none_are_unreadable() {
    let event = "<multistatus xmlns='DAV:'><response><href>/calendar/x.ics</href><propstat><prop>\
        <calendar-data xmlns='urn:ietf:params:xml:ns:caldav'>BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:soon\nEND:VEVENT\nEND:VCALENDAR\n</calendar-data>\
        </prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>";
    for (body, reason) in [
        ("<html>Sign in</html>", "something else"),
        ("{}", "the answer of the calendar server"),
        (
            "<!DOCTYPE x [<!ENTITY a 'b'>]><multistatus xmlns='DAV:'>&a;</multistatus>",
            "the answer of the calendar server",
        ),
        (event, "the event x cannot be read"),
    ] {
        let server = Scripted::answering("207 Multi-Status", body, Duration::ZERO);
        let failure = busy(&server, Duration::from_secs(5)).await;
        assert!(matches!(&failure, CalendarFailure::Refused(why) if why.contains(reason)), "{body}: {failure}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_in_time_is_unreached() {
    let server = Scripted::answering("207 Multi-Status", "", Duration::from_secs(10));
    let failure = busy(&server, Duration::from_millis(200)).await;
    assert!(matches!(&failure, CalendarFailure::Later { words, .. } if words.contains("in time")), "{failure}");
}

#[tokio::test]
async fn the_password_goes_to_no_other_server() {
    let (server, other) =
        (Scripted::answering("207 x", "", Duration::ZERO), Scripted::answering("207 x", "", Duration::ZERO));
    let caldav = client(server.url.clone(), "secret", Duration::from_secs(5));
    let failure = caldav.busy(&[other.url.to_string()], november("UTC")).await.expect_err("another server");
    assert!(failure.to_string().contains("leads to another one"), "{failure}");
    assert!(!format!("{failure:?}").contains("secret"));
}
