//! What is CalDAV's alone: finding calendars by address, objects under other names, and what is in an event.

use crate::client;
use crate::radicale::{PASSWORD, Radicale};
use knock_ports::{CalendarAccount, CalendarEntry, CalendarFailure};
use std::fs;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);
const UID: &str = "0198-meeting@knock.example";

fn entry() -> CalendarEntry {
    CalendarEntry {
        uid: UID.to_owned(),
        sequence: 1,
        at: crate::at("2026-11-01T10:00:00Z"),
        start: crate::at("2026-11-11T13:00:00Z"),
        end: crate::at("2026-11-11T13:30:00Z"),
        title: "Demo".into(),
        description: "Zoe <zoe@hollis.example>".into(),
        place: "Room 4".into(),
        has_conference: false,
    }
}

#[tokio::test]
async fn calendars_are_found_from_the_address_of_the_server_or_of_one_calendar() {
    let server = Radicale::start();
    let calendar = server.add_calendar("work", "Work");
    for address in [server.url.clone(), server.url.join("ann/").expect("an address"), calendar.clone()] {
        let found = client(address.clone(), PASSWORD, PATIENCE).calendars().await.expect("calendars");
        let addresses: Vec<_> = found.iter().map(|calendar| calendar.id.as_str()).collect();
        assert_eq!(addresses, [calendar.as_str()], "{address}");
    }
    let wrong = client(server.url.clone(), "another", PATIENCE).calendars().await;
    assert!(matches!(wrong, Err(CalendarFailure::Unauthorized(_))), "{wrong:?}");
}

#[tokio::test]
async fn an_event_under_another_address_is_found_by_its_uid() {
    let server = Radicale::start();
    let calendar = server.add_calendar("work", "Work");
    let caldav = client(server.url.clone(), PASSWORD, PATIENCE);
    let object = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:VEVENT\r\nUID:0198-meeting@knock.example\r\n\
        DTSTAMP:20260101T000000Z\r\nDTSTART:20261110T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let elsewhere = server.folder_of("work").join("elsewhere.ics");
    fs::write(&elsewhere, object).expect("a file");
    caldav.put(calendar.as_str(), &entry()).await.expect("put");
    let stored = fs::read_to_string(&elsewhere).expect("it is where it was");
    assert!(stored.contains("DTSTART:20261111T130000Z"), "{stored}");
    caldav.remove(calendar.as_str(), UID).await.expect("removed");
    assert!(!elsewhere.exists());
}

#[tokio::test]
async fn an_event_names_nobody_whom_a_server_would_mail() {
    let server = Radicale::start();
    let calendar = server.add_calendar("work", "Work");
    let caldav = client(server.url.clone(), PASSWORD, PATIENCE);
    caldav.put(calendar.as_str(), &entry()).await.expect("put");
    let file = server.folder_of("work").join("0198-meeting-knock-example.ics");
    let stored = fs::read_to_string(file).expect("an event");
    for wanted in ["SEQUENCE:1", "SUMMARY:Demo", "LOCATION:Room 4", "TRANSP:OPAQUE", "zoe@hollis.example"] {
        assert!(stored.contains(wanted), "{wanted}: {stored}");
    }
    assert!(!stored.contains("ATTENDEE") && !stored.contains("ORGANIZER") && !stored.contains("METHOD"), "{stored}");
}
