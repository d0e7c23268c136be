//! Invitations: what mail and calendars get.

use crate::{at, blocks_of};
use knock_ical::{Invitation, Method, Party};
use proptest::prelude::*;

fn invitation() -> Invitation {
    let party = |name: &str, email: &str| Party { name: name.into(), email: email.to_owned() };
    Invitation {
        uid: "0198-meeting@knock.example".to_owned(),
        sequence: 2,
        at: at("2026-11-01T10:00:00Z"),
        start: at("2026-11-10T09:00:00Z"),
        end: at("2026-11-10T09:30:00Z"),
        title: "Demo, with Acme; all of it".into(),
        description: "Bring questions.\nhttps://knock.example/m/1".into(),
        place: "https://meet.example/acme".into(),
        url: "https://knock.example/m/1".to_owned(),
        organizer: party("Ann \"the host\": Lee", "ann@acme.example"),
        guests: vec![party("", "zoe@hollis.example")],
        alarm_min: Some(15),
    }
}

/// The unfolded lines.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").lines().map(str::to_owned).collect()
}

#[test]
fn a_mail_says_what_to_do_and_a_calendar_does_not() {
    let (request, cancel, stored) =
        (invitation().mailed(Method::Request), invitation().mailed(Method::Cancel), invitation().stored());
    for (text, expected) in
        [(&request, ["METHOD:REQUEST", "STATUS:CONFIRMED"]), (&cancel, ["METHOD:CANCEL", "STATUS:CANCELLED"])]
    {
        assert!(expected.iter().all(|line| lines(text).iter().any(|found| found == line)), "{text}");
    }
    assert!(!stored.contains("METHOD"));
    assert!(lines(&stored).iter().any(|line| line == "X-KNOCK-SEQUENCE:2"), "{stored}");
    assert!(!request.contains("X-KNOCK") && !cancel.contains("X-KNOCK"), "it says nothing to a recipient");
    for text in [request, cancel, stored] {
        let found = lines(&text);
        for line in [
            "UID:0198-meeting@knock.example",
            "SEQUENCE:2",
            "DTSTAMP:20261101T100000Z",
            "DTSTART:20261110T090000Z",
            "DTEND:20261110T093000Z",
            "SUMMARY:Demo\\, with Acme\\; all of it",
            "DESCRIPTION:Bring questions.\\nhttps://knock.example/m/1",
            "URL:https://knock.example/m/1",
            "ORGANIZER;CN=\"Ann the host: Lee\":mailto:ann@acme.example",
            "ATTENDEE;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:zoe@hollis.example",
        ] {
            assert!(found.iter().any(|found| found == line), "{line} is missing in {found:#?}");
        }
        assert!(text.lines().all(|line| line.len() <= 75), "lines are folded");
        assert!(text.split('\n').all(|line| line.is_empty() || line.ends_with('\r')), "lines end as RFC 5545 says");
    }
}

#[test]
fn a_meeting_rings_before_it_begins_and_a_cancelled_one_does_not() {
    let alarm = [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Demo\\, with Acme\\; all of it",
        "TRIGGER:-PT15M",
        "END:VALARM",
    ];
    for text in [invitation().mailed(Method::Request), invitation().stored()] {
        let lines = lines(&text);
        let begins = lines.iter().position(|line| line == alarm[0]).unwrap_or_else(|| panic!("no alarm: {text}"));
        assert_eq!(lines[begins..begins + 5], alarm, "{text}");
        assert_eq!(lines[begins + 5..], ["END:VEVENT", "END:VCALENDAR"], "{text}");
    }
    assert_eq!(invitation().stored(), invitation().stored(), "one version is one text");
    let silent = Invitation { alarm_min: None, ..invitation() };
    for text in [invitation().mailed(Method::Cancel), silent.mailed(Method::Request), silent.stored()] {
        assert!(!text.contains("VALARM"), "{text}");
    }
}

#[test]
fn without_an_organizer_it_is_an_entry_that_asks_no_one() {
    let organizer = Party { name: "".into(), email: String::new() };
    let text = Invitation { organizer, ..invitation() }.mailed(Method::Request);
    assert!(["METHOD", "ORGANIZER", "ATTENDEE"].iter().all(|name| !text.contains(name)), "{text}");
    for (email, is_reachable) in [("ann@acme.example", true), ("admin@localhost", false), ("", false), ("a@x.", false)]
    {
        assert_eq!(Party { name: "".into(), email: email.to_owned() }.is_reachable(), is_reachable, "{email}");
    }
}

#[test]
fn what_others_wrote_adds_no_line() {
    let mut hostile = invitation();
    hostile.title = "x\r\nATTENDEE:mailto:all@acme.example".into();
    hostile.guests[0].name = "Zoe\r\nX-EVIL:1".into();
    hostile.guests[0].email = "zoe@hollis.example\r\nX-EVIL:2".to_owned();
    let text = hostile.mailed(Method::Request);
    let found = lines(&text);
    assert!(!found.iter().any(|line| line.starts_with("X-EVIL") || line.starts_with("ATTENDEE:mailto:all")), "{text}");
}

#[test]
fn what_is_written_is_read_back() {
    let blocks = blocks_of(&invitation().stored(), "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
    assert_eq!(blocks, ["2026-11-10T09:00Z/2026-11-10T09:30Z"]);
}

/// The names of the lines of an event.
const NAMES: [&str; 23] = [
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "CALSCALE",
    "METHOD",
    "UID",
    "SEQUENCE",
    "SUMMARY",
    "DESCRIPTION",
    "STATUS",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "LOCATION",
    "TRANSP",
    "ORGANIZER",
    "ATTENDEE",
    "CREATED",
    "ACTION",
    "TRIGGER",
    "URL",
    "X-KNOCK-SEQUENCE",
];

/// Any text, with more of what is dangerous than chance would put in.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ -~]{0,20}",
        proptest::sample::select(vec![
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\u{85}",
            "\u{2028}",
            "\u{b}",
            "\u{c}",
            "\"",
            "\\",
            "\\n",
            ";",
            ":",
            ",",
            "^n",
            "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
            "\nATTENDEE:mailto:all@evil.example",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_of_a_stranger_adds_a_line(texts in proptest::array::uniform6(hostile())) {
        let [name, email, title, description, place, other] = &texts;
        let guest = Party { name: name.as_str().into(), email: email.clone() };
        let invitation = Invitation {
            title: title.as_str().into(),
            description: description.as_str().into(),
            place: place.as_str().into(),
            organizer: Party { name: other.as_str().into(), email: "ann@acme.example".into() },
            guests: vec![guest.clone(), guest],
            ..invitation()
        };
        for text in [invitation.mailed(Method::Request), invitation.stored()] {
            prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\0']), "{:?}", text);
            let unfolded = text.replace("\r\n ", "");
            let lines: Vec<&str> = unfolded.split_terminator("\r\n").collect();
            for line in &lines {
                let end = line.find([':', ';']).unwrap_or(line.len());
                prop_assert!(NAMES.contains(&&line[..end]), "{:?}", line);
            }
            prop_assert_eq!(lines.iter().filter(|line| line.starts_with("BEGIN:VEVENT")).count(), 1);
            prop_assert_eq!(lines.iter().filter(|line| line.starts_with("ATTENDEE")).count(), 2);
        }
    }
}
