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
    for (body, reason) in [
        ("<html>Sign in</html>", "something else"),
        ("{}", "the answer of the calendar server"),
        (
            "<!DOCTYPE x [<!ENTITY a 'b'>]><multistatus xmlns='DAV:'>&a;</multistatus>",
            "the answer of the calendar server",
        ),
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

#[tokio::test]
async fn a_calendar_that_may_not_be_read_is_named_and_the_password_is_not_blamed() {
    let refusal = "<d:error xmlns:d='DAV:'><d:need-privileges/></d:error>";
    let server = Scripted::answering("403 Forbidden", refusal, Duration::ZERO);
    let failure = busy(&server, Duration::from_secs(5)).await;
    let expected =
        format!("the calendar server does not permit reading the calendar {}: the permission is missing", server.url);
    assert_eq!(failure, CalendarFailure::Refused(expected));
}

#[tokio::test]
async fn one_bad_object_costs_itself() {
    let object = |uid: &str, title: &str, start: &str| {
        format!(
            "<response><href>/{uid}</href><propstat><prop><c:calendar-data>BEGIN:VCALENDAR&#13;\nBEGIN:VEVENT&#13;\nUID:{uid}\n\
             SUMMARY:{title}\n{start}\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n</c:calendar-data></prop>\
             <status>HTTP/1.1 200 OK</status></propstat></response>"
        )
    };
    let objects = [
        object("control", "S\u{b}T&#11;", "DTSTART:20261110T090000Z"),
        object("soon", "R&D", "DTSTART:soon"),
        object("good", "Good", "DTSTART:20261112T090000Z"),
        "<response><href>/kept</href><propstat><prop><c:calendar-data/></prop><status>HTTP/1.1 403 Forbidden</status></propstat></response>".to_owned(),
    ];
    let open = "<multistatus xmlns='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav'>";
    let answer = format!("{open}{}</multistatus>", objects.concat());
    let read = knock_caldav::read_busy(&[answer.as_bytes()], &november("UTC"), &[]).expect("the others are read");
    let uids: Vec<_> = read.blocks.iter().map(|(uid, _)| uid.as_deref().unwrap_or("")).collect();
    assert_eq!(uids, ["control", "soon", "good", ""]);
    let named: Vec<_> = read.unread.iter().map(|event| (&*event.title, &*event.reason)).collect();
    let kept = "the calendar server does not give it (403)";
    assert_eq!(named, [("R&D", "`soon` is neither a date nor a time"), ("", kept)]);
}
