//! Faults of calendar servers. None of them counts as free time.

use crate::scripted::Scripted;
use crate::{client, november};
use knock_caldav::Failure;
use knock_model::Millis;
use std::time::Duration;

async fn busy(server: &Scripted, patience: Duration) -> Failure {
    let caldav = client(server.url.clone(), "secret", patience);
    caldav.busy(std::slice::from_ref(&server.url), november("UTC")).await.expect_err("no busy time")
}

#[tokio::test]
async fn every_bad_answer_is_a_failure_that_says_what_it_is() {
    for (head, body, expected, is_temporary) in [
        ("401 Unauthorized", "", Failure::Unauthorized, false),
        ("403 Forbidden", "", Failure::Unauthorized, false),
        ("404 Not Found", "", Failure::Gone, false),
        ("410 Gone", "", Failure::Gone, false),
        ("429 Too Many Requests\r\nretry-after: 7", "", Failure::Later { code: 429, after: Some(Millis(7_000)) }, true),
        ("503 Service Unavailable", "", Failure::Later { code: 503, after: None }, true),
        ("302 Found\r\nlocation: /login", "", Failure::Refused(302), false),
    ] {
        let server = Scripted::answering(head, body, Duration::ZERO);
        let failure = busy(&server, Duration::from_secs(5)).await;
        assert_eq!((&failure, failure.is_temporary()), (&expected, is_temporary), "{head}");
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
        assert!(matches!(&failure, Failure::Unreadable(why) if why.contains(reason)), "{body}: {failure}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_in_time_is_unreached() {
    let server = Scripted::answering("207 Multi-Status", "", Duration::from_secs(10));
    let failure = busy(&server, Duration::from_millis(200)).await;
    assert!(matches!(&failure, Failure::Unreached(why) if why.contains("in time")), "{failure}");
    assert!(failure.is_temporary());
}

#[tokio::test]
async fn the_password_goes_to_no_other_server() {
    let (server, other) =
        (Scripted::answering("207 x", "", Duration::ZERO), Scripted::answering("207 x", "", Duration::ZERO));
    let caldav = client(server.url.clone(), "secret", Duration::from_secs(5));
    let failure = caldav.busy(std::slice::from_ref(&other.url), november("UTC")).await.expect_err("another server");
    assert!(failure.to_string().contains("leads to another one"), "{failure}");
    assert!(!format!("{failure:?}").contains("secret"));
}
