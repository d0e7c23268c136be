//! Answers of calendar servers.

use crate::{reader, refused};
use knock_caldav::Answers;
use knock_model::Millis;
use knock_ports::{BusyPolicy, BusyQuery, EntryFound, EntryThere};
use knock_scheduling::Span;

fn november() -> BusyQuery {
    // 1 November 2026, and 30 days.
    let start = Millis(1_793_491_200_000);
    let window = Span { start, end: start + Millis::days(30) };
    BusyQuery { window, zone: "Europe/Berlin".into(), owner: "ann@acme.example".into(), policy: BusyPolicy::default() }
}

/// An answer with these events.
fn answer(events: &str) -> Vec<u8> {
    let object = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n");
    format!(
        "<multistatus xmlns='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav'><response><href>/a</href><propstat><prop>\
         <getetag>\"1\"</getetag><c:calendar-data><![CDATA[{object}]]></c:calendar-data></prop></propstat></response></multistatus>"
    )
    .into_bytes()
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260101T000000Z\r\n{lines}\r\nEND:VEVENT\r\n")
}

#[tokio::test]
async fn the_calendars_of_a_member_are_read_together() {
    let reader = reader();
    let timed = event("DTSTART;TZID=America/New_York:20261110T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2");
    let day = event("DTSTART;VALUE=DATE:20261112");
    let answers = vec![answer(&timed), answer(""), answer(&day)];
    let slices: Vec<&[u8]> = answers.iter().map(Vec::as_slice).collect();
    let expected = knock_caldav::read_busy(&slices, &november(), &[]).expect("it is read");
    assert_eq!(expected.blocks.len(), 3);
    assert_eq!(reader.busy(answers, november(), Vec::new()).await.expect("it is read"), expected);
    let found = reader.found(answer("")).await.expect("it is read");
    assert_eq!((found.len(), &*found[0].href), (1, "/a"));
}

#[tokio::test]
async fn the_event_of_a_meeting_is_read_alone() {
    let reader = reader();
    let times = "DTSTART:20261110T090000Z\r\nDURATION:PT1H\r\nATTENDEE;PARTSTAT=DECLINED:mailto:Zoe@hollis.example";
    let (there, gone) = (answer(&event(times)), answer(&event(&format!("{times}\r\nSTATUS:CANCELLED"))));
    let unclear = answer(&event("DTSTART;VALUE=DATE:20261112"));
    let start = Millis(1_794_301_200_000);
    let declined = vec!["zoe@hollis.example".to_owned()];
    let expected =
        EntryFound::There(EntryThere { start, end: start + Millis(3_600_000), declined, ..EntryThere::default() });
    for (name, answer, expected) in
        [("there", there, expected), ("unclear", unclear, EntryFound::Unclear), ("gone", gone, EntryFound::Gone)]
    {
        assert_eq!(reader.entry(answer, "one".to_owned()).await.expect(name), expected, "{name}");
    }
    let none = reader.entry(b"<html/>".to_vec(), "one".to_owned());
    assert!(refused("none", none).await.contains("something else"));
}

#[tokio::test]
async fn events_that_keep_their_reader_busy_block_and_are_named() {
    let reader = reader();
    let secondly = event("SUMMARY:Tick\r\nDTSTART:19700101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY");
    let hourly = event("SUMMARY:Tick\r\nDTSTART:20261001T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=HOURLY").repeat(100);
    for (name, events) in [("secondly", secondly), ("hourly", hourly)] {
        let read = reader.busy(vec![answer(&events)], november(), Vec::new()).await.expect(name);
        let named = read.unread.iter().any(|event| event.reason.contains("repeats too often"));
        assert!(named && !read.blocks.is_empty(), "{name}: {:?}", read.unread);
    }
}

#[tokio::test]
async fn answers_with_many_attributes_are_refused() {
    let reader = reader();
    let attributes: String = (0..100_000).map(|n| format!(" a{n}='1'")).collect();
    let text = format!("<multistatus xmlns='DAV:'{attributes}/>");
    assert!(refused("found", reader.found(text.clone().into())).await.contains("attributes"));
    assert!(refused("events", reader.busy(vec![text.into()], november(), Vec::new())).await.contains("attributes"));
    assert!(refused("deep", reader.found("<a>".repeat(1_000_000).into())).await.contains("nested"));
}

#[tokio::test]
async fn a_long_answer_fits() {
    let reader = reader();
    // A build for development is slow: only an optimised one reads an answer of the largest size in time.
    let sizes = if cfg!(debug_assertions) { [(100, 6_000), (2_000, 10)] } else { [(5_000, 6_000), (20_000, 500)] };
    for (number, length) in sizes {
        let lines = format!("DTSTART:20261110T090000Z\r\nDURATION:PT1H\r\nDESCRIPTION:{}", "x".repeat(length));
        let events = event(&lines).repeat(number);
        let read = reader.busy(vec![answer(&events)], november(), Vec::new()).await;
        assert_eq!(read.expect("it is read").blocks.len(), number, "{length}");
    }
}
