//! Meetings in a real calendar: made, changed, removed, and what else is in there.

use crate::radicale::{PASSWORD, Radicale};
use crate::{OWNER, at, client, november, shown};
use knock_caldav::{CalDav, Failure};
use knock_ical::{Invitation, Party};
use std::time::Duration;
use url::Url;

const PATIENCE: Duration = Duration::from_secs(20);
const UID: &str = "0198-meeting@knock.example";

fn meeting(start: &str, end: &str, sequence: u32) -> String {
    let invitation = Invitation {
        uid: UID.to_owned(),
        sequence,
        at: at("2026-11-01T10:00:00Z"),
        start: at(start),
        end: at(end),
        title: "Demo".into(),
        description: "".into(),
        place: "".into(),
        organizer: Party { name: "Ann".into(), email: OWNER.to_owned() },
        guests: vec![Party { name: "Zoe".into(), email: "zoe@hollis.example".to_owned() }],
    };
    invitation.stored()
}

async fn busy(caldav: &CalDav, calendar: &Url) -> Vec<String> {
    shown(&caldav.busy(std::slice::from_ref(calendar), november("Europe/Berlin")).await.expect("busy time"))
}

#[tokio::test]
async fn calendars_are_found_from_the_address_of_the_server_or_of_one_calendar() {
    let server = Radicale::start("found").await;
    for address in [server.url.clone(), server.url.join("ann/").expect("an address"), server.calendar()] {
        let found = client(address.clone(), PASSWORD, PATIENCE).calendars().await.expect("calendars");
        let addresses: Vec<_> = found.iter().map(|calendar| calendar.url.as_str()).collect();
        assert_eq!(addresses, [server.calendar().as_str()], "{address}");
    }
    let wrong = client(server.url.clone(), "another", PATIENCE).calendars().await;
    assert_eq!(wrong, Err(Failure::Unauthorized));
}

#[tokio::test]
async fn a_meeting_is_made_once_moved_and_removed() {
    let server = Radicale::start("meeting").await;
    let (caldav, calendar) = (client(server.url.clone(), PASSWORD, PATIENCE), server.calendar());
    let first = meeting("2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z", 0);
    let stored = caldav.create(&calendar, UID, &first).await.expect("made");
    assert_eq!(busy(&caldav, &calendar).await, ["11-10T09:00/11-10T09:30"]);
    // The answer was lost: made again, it stays one.
    let again = caldav.create(&calendar, UID, &first).await.expect("made again");
    assert_eq!((again.url, server.stored().len()), (stored.url.clone(), 1));

    let moved = meeting("2026-11-11T13:00:00Z", "2026-11-11T13:30:00Z", 1);
    // Its version is an old one by now: the meeting moves all the same.
    let stored = caldav.change(&calendar, UID, &moved, &stored).await.expect("moved");
    assert_eq!(busy(&caldav, &calendar).await, ["11-11T13:00/11-11T13:30"]);
    assert!(server.stored()[0].contains("SEQUENCE:1") && !server.stored()[0].contains("METHOD"));

    caldav.remove(&calendar, UID, &stored).await.expect("removed");
    caldav.remove(&calendar, UID, &stored).await.expect("removed again");
    assert_eq!((busy(&caldav, &calendar).await, server.stored().len()), (vec![], 0));
    // Deleted by its owner, it comes back when it moves.
    caldav.change(&calendar, UID, &moved, &stored).await.expect("made anew");
    assert_eq!(busy(&caldav, &calendar).await, ["11-11T13:00/11-11T13:30"]);
}

#[tokio::test]
async fn an_event_under_another_address_is_found_by_its_uid() {
    let server = Radicale::start("address").await;
    let (caldav, calendar) = (client(server.url.clone(), PASSWORD, PATIENCE), server.calendar());
    server.put("elsewhere.ics", &meeting("2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z", 0)).await;
    let moved = meeting("2026-11-11T13:00:00Z", "2026-11-11T13:30:00Z", 1);
    let stored = caldav.create(&calendar, UID, &moved).await.expect("stored");
    assert!(stored.url.path().ends_with("/elsewhere.ics"), "{}", stored.url);
    assert_eq!(
        (busy(&caldav, &calendar).await, server.stored().len()),
        (vec!["11-11T13:00/11-11T13:30".to_owned()], 1)
    );
}

#[tokio::test]
async fn what_the_owner_has_in_the_calendar_is_busy_as_they_see_it() {
    let server = Radicale::start("busy").await;
    let (caldav, calendar) = (client(server.url.clone(), PASSWORD, PATIENCE), server.calendar());
    let event = |uid: &str, lines: &str| {
        let lines: String = lines.lines().map(|line| format!("{line}\r\n")).collect();
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    for (uid, lines) in [
        ("day", "DTSTART;VALUE=DATE:20261112\nDTEND;VALUE=DATE:20261114"),
        ("free", "DTSTART:20261113T090000Z\nDTEND:20261113T100000Z\nTRANSP:TRANSPARENT"),
        (
            "declined",
            "DTSTART:20261113T090000Z\nDTEND:20261113T100000Z\nATTENDEE;PARTSTAT=DECLINED:mailto:ann@acme.example",
        ),
        (
            "weekly",
            "DTSTART;TZID=Europe/Berlin:20260105T090000\nDTEND;TZID=Europe/Berlin:20260105T091500\nRRULE:FREQ=WEEKLY;BYDAY=MO\nEXDATE;TZID=Europe/Berlin:20261109T090000",
        ),
    ] {
        server.put(&format!("{uid}.ics"), &event(uid, lines)).await;
    }
    let expected = [
        "11-02T08:00/11-02T08:15",
        "11-16T08:00/11-16T08:15",
        "11-23T08:00/11-23T08:15",
        "11-30T08:00/11-30T08:15",
        "2026-11-12/2026-11-14",
    ];
    assert_eq!(busy(&caldav, &calendar).await, expected);
}
