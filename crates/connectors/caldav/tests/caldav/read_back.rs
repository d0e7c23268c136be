//! Entries as they are read back: under other addresses, cancelled, kept back, or not found by a search.

use crate::radicale::{PASSWORD, Radicale};
use crate::scripted::Scripted;
use crate::{at, client};
use knock_caldav::read_entry;
use knock_ports::{CalendarAccount, CalendarEntry, EntryFound, EntryThere};
use std::fs;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);
const UID: &str = "0198-meeting@knock.example";
const START: &str = "2026-11-11T13:00:00Z";
const END: &str = "2026-11-11T13:30:00Z";

fn entry() -> CalendarEntry {
    CalendarEntry {
        uid: UID.to_owned(),
        sequence: 1,
        at: at("2026-11-01T10:00:00Z"),
        start: at(START),
        end: at(END),
        title: "Demo".into(),
        description: "Zoe <zoe@hollis.example>".into(),
        place: "Room 4".into(),
        has_conference: false,
    }
}

fn there() -> EntryFound {
    EntryFound::There(EntryThere { start: at(START), end: at(END), ..EntryThere::default() })
}

/// An object with the event of the meeting, and more lines in it.
fn object(uid: &str, lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n\
         DTSTART:20261111T130000Z\r\nDTEND:20261111T133000Z\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

/// An answer of a server with these responses, each with what stands in it.
fn answer(responses: &[String]) -> String {
    let responses: String =
        responses.iter().map(|inner| format!("<response><href>/a</href>{inner}</response>")).collect();
    format!("<multistatus xmlns='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav'>{responses}</multistatus>")
}

fn with_data(object: &str) -> String {
    format!("<propstat><prop><c:calendar-data><![CDATA[{object}]]></c:calendar-data></prop></propstat>")
}

#[tokio::test]
async fn an_entry_under_another_address_is_found_by_its_uid() {
    let server = Radicale::start();
    let calendar = server.add_calendar("work", "Work");
    let caldav = client(server.url.clone(), PASSWORD, PATIENCE);
    fs::write(server.folder_of("work").join("elsewhere.ics"), object(UID, "")).expect("a file");
    assert_eq!(caldav.entry(calendar.as_str(), UID).await, Ok(there()));
    assert_eq!(caldav.entry(calendar.as_str(), "0198-meeting").await, Ok(EntryFound::Gone), "another one");
}

#[tokio::test]
async fn a_cancelled_entry_is_gone_and_is_revived_by_the_same_version() {
    let server = Radicale::start();
    let calendar = server.add_calendar("work", "Work");
    let caldav = client(server.url.clone(), PASSWORD, PATIENCE);
    let file = server.folder_of("work").join("0198-meeting-knock-example.ics");
    fs::write(&file, object(UID, "X-KNOCK-SEQUENCE:1\r\nSTATUS:CANCELLED\r\n")).expect("a file");
    assert_eq!(caldav.entry(calendar.as_str(), UID).await, Ok(EntryFound::Gone));
    caldav.put(calendar.as_str(), &entry()).await.expect("put");
    assert_eq!(caldav.entry(calendar.as_str(), UID).await, Ok(there()));
    let stored = fs::read_to_string(&file).expect("it is there");
    assert!(stored.contains("X-KNOCK-SEQUENCE:1") && stored.contains("STATUS:CONFIRMED"), "{stored}");
}

#[tokio::test]
async fn a_search_without_result_is_no_proof() {
    let server = Scripted::replying(|request| {
        let is_ours = request.contains("calendar-multiget") && request.contains("/0198-meeting-knock-example.ics<");
        answer(&if is_ours { vec![with_data(&object(UID, ""))] } else { Vec::new() })
    });
    let caldav = client(server.url.clone(), "secret", PATIENCE);
    assert_eq!(caldav.entry(server.url.as_str(), UID).await, Ok(there()));
}

#[test]
fn what_may_be_the_entry_is_not_gone() {
    let read = |responses: &[String]| read_entry(answer(responses).as_bytes(), UID);
    let gone = "<status>HTTP/1.1 404 Not Found</status>".to_owned();
    let kept = "<status>HTTP/1.1 403 Forbidden</status>".to_owned();
    let another = with_data(&object("0198-meeting@knock.example2", ""));
    for (responses, expected) in [
        (vec![], EntryFound::Gone),
        (vec![gone.clone()], EntryFound::Gone),
        (vec![another.clone()], EntryFound::Gone),
        (vec![another.clone(), kept], EntryFound::Unclear),
        (vec![with_data("what is this")], EntryFound::Unclear),
        (vec![with_data(&object(UID, "RRULE:FREQ=DAILY\r\n"))], EntryFound::Unclear),
        (vec![gone, another, with_data(&object(UID, "TRANSP:TRANSPARENT\r\n"))], there()),
    ] {
        assert_eq!(read(&responses), Ok(expected), "{responses:?}");
    }
    assert!(read_entry(b"<html>Sign in</html>", UID).is_err());
}
