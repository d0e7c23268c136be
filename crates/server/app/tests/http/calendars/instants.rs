//! The visitor's slot, both mails, their file, the rep's calendar and the team's list have the same instant around
//! changes of clocks. Mails are read by Python's standard library, files by vobject; no reader here knows zone rules.

use super::{connects, start};
use crate::mail::FROM;
use crate::meetings::{Office, browser};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use knock_testing::{CalendarServer, Mail, MailServer, found};
use serde_json::{Value, json};

const FIRST: &str = "2026-06-05T00:00:00Z";
const LAST: &str = "2027-06-01T00:00:00Z";
/// The instant of a change of clocks elsewhere, for zones that never change theirs.
const UNCHANGED: &str = "2026-11-01T03:00:00Z";
const ZONES: [&str; 6] = [
    "America/Vancouver",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Europe/London",
    "America/New_York",
];
/// Starts around a change of clocks, in minutes after it.
const AROUND: [i64; 6] = [-60, -30, 0, 30, 60, 24 * 60];
const LENGTH: SignedDuration = SignedDuration::from_mins(30);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The instants of a year at which clocks of each zone are changed, in order.
fn changes() -> Vec<(Timestamp, &'static str)> {
    let of = |(place, name): (i64, &'static str)| {
        let zone = TimeZone::get(name).expect("a zone");
        let changes =
            zone.following(at(FIRST)).map(|change| change.timestamp()).take_while(|change| *change < at(LAST));
        let mut changes: Vec<_> = changes.collect();
        if changes.is_empty() {
            changes.push(at(UNCHANGED) + SignedDuration::from_hours(48 * place));
        }
        changes.into_iter().map(move |change| (change, name))
    };
    let mut all: Vec<_> = (0..).zip(ZONES).flat_map(of).collect();
    all.sort();
    all
}

/// An office with one rep, who is available at any time of any day.
struct Desk {
    office: Office,
    mail: MailServer,
    calendar: CalendarServer,
    booked: usize,
}

impl Desk {
    fn open() -> Desk {
        let (mail, calendar) = (MailServer::start(), CalendarServer::start());
        let office = Office::of(start(&[("KNOCK_SMTP_URL", &mail.url()), ("KNOCK_SMTP_FROM", FROM)]));
        let day = json!([["00:00", "24:00"]]);
        let mut hours = json!({"zone": "Pacific/Auckland"});
        for name in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            hours[name] = day.clone();
        }
        let put = |path: &str, body: &Value| {
            let reply = office.admin.ask(&office.knock, "PUT", path, body);
            assert_eq!(reply.code, 200, "{}", reply.body);
        };
        put("/api/v1/availability", &json!({"hours": hours}));
        put("/api/v1/settings/meetings", &json!({"reminders_min": []}));
        connects(&office, &calendar, &calendar.calendar("work"));
        Desk { office, mail, calendar, booked: 0 }
    }

    /// Books a start from a zone, and compares all records of it.
    fn books(&mut self, zone: &str, start: Timestamp) {
        self.booked += 1;
        let (what, office) = (format!("{start} in {zone}"), &self.office);
        let email = format!("lead{0}@firm{0}.example", self.booked);
        let slot = self.slot(zone, start, &email);
        let request = json!({"link": "meeting", "visitor": browser(self.booked as u64), "session": browser(self.booked as u64),
            "email": email, "name": "Ann Lee", "start": slot["start"], "tz": zone});
        let booked = office.post("/v1/meetings", &request);
        assert_eq!(booked.code, 201, "{what}: {}", booked.body);
        is_shown(&booked.body, &slot, start, &what);
        let shown = office.knock.send("GET", &format!("/v1/bookings/{}", booked.text("token")), &[], None).body;
        is_shown(&shown, &slot, start, &what);
        let row = office.knock.get(&format!("/api/v1/meetings/{}", booked.text("meeting")), &office.key).body;
        let listed = ["start_at", "end_at"].map(|name| row[name].as_i64());
        assert_eq!(listed, [start, start + LENGTH].map(|at| Some(at.as_millisecond())), "{what}");

        // A mail that was not recorded as sent before the clock was set is sent once more: no count of them is exact.
        let to = |address: &str| {
            let rcpt = json!([address]);
            let is_of_lead =
                |mail: &Mail| mail.0["rcpt"] == rcpt && (address == email || mail.part("text/plain").contains(&email));
            found(&format!("a mail of {what} to {address}"), || self.mail.all().into_iter().find(is_of_lead))
        };
        let own = to(&email);
        assert_eq!(written(&own, zone), [start, start + LENGTH], "{what}, the lead's mail");
        assert_eq!(
            written(&to("admin@localhost"), "Pacific/Auckland"),
            [start, start + LENGTH],
            "{what}, the rep's mail"
        );
        let files = own.0["calendars"].as_array().expect("a list").clone();
        assert_eq!(files.len(), 2, "{what}");
        for file in files {
            let said = ["start", "end"].map(|name| at(file[name].as_str().expect("an instant")));
            assert_eq!(said, [start, start + LENGTH], "{what}, the file of the mail");
        }
        assert_eq!(self.written_into_calendar(&booked.text("meeting")), [start, start + LENGTH], "{what}, the event");
    }

    /// The offered slot of a start, in the visitor's zone.
    fn slot(&self, zone: &str, start: Timestamp, email: &str) -> Value {
        let until = start + LENGTH;
        let path = format!("/v1/meetings/slots?link=meeting&email={email}&tz={zone}&from={start}&to={until}");
        let list = self.office.knock.send("GET", &path, &[("origin", &self.office.knock.url)], None).body;
        let slots = list["slots"].as_array().unwrap_or_else(|| panic!("{list}"));
        assert_eq!(slots.len(), 1, "{start} in {zone}: {list}");
        assert_eq!([at_of(&slots[0], "start"), at_of(&slots[0], "end")], [start, until], "{list}");
        slots[0].clone()
    }

    /// The start and the end of the meeting in the rep's calendar.
    fn written_into_calendar(&self, meeting: &str) -> [Timestamp; 2] {
        let uid = format!("UID:{meeting}@knock");
        let event = found("the event is there", || {
            let events = self.calendar.events("work").into_iter();
            events.into_iter().find(|event| event.lines().any(|line| line.trim_end() == uid))
        });
        ["DTSTART:", "DTEND:"].map(|name| {
            let line = event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{event}"));
            let utc = DateTime::strptime("%Y%m%dT%H%M%SZ", line.trim_end())
                .unwrap_or_else(|error| panic!("{error}: {event}"));
            TimeZone::UTC.to_timestamp(utc).expect("in range")
        })
    }
}

fn at_of(value: &Value, name: &str) -> Timestamp {
    at(value[name].as_str().unwrap_or_else(|| panic!("no {name}: {value}")))
}

/// Checks that a meeting as its visitor sees it has the instant and the local time that was offered.
fn is_shown(shown: &Value, slot: &Value, start: Timestamp, what: &str) {
    let said = ["start", "local", "end"].map(|name| at_of(shown, name));
    assert_eq!(said, [start, start, start + LENGTH], "{what}: {shown}");
    assert_eq!((&shown["local"], at_of(slot, "local")), (&slot["local"], start), "{what}: {shown}");
}

/// The start and the end of the meeting in a mail: `Sunday, 1 November 2026, 1:00 AM to 1:30 AM (America/New_York,
/// UTC-04:00)`. If clocks change during the meeting, the offset at its end follows: `UTC-04:00 → UTC-05:00`.
fn written(mail: &Mail, zone: &str) -> [Timestamp; 2] {
    let text = mail.part("text/plain");
    let end_of_place = format!(" ({zone}, UTC");
    let line =
        text.lines().find(|line| line.contains(&end_of_place)).unwrap_or_else(|| panic!("not of {zone}: {text}"));
    let read = || {
        let (times, offsets) = line.split_once(": ")?.1.split_once(&end_of_place)?;
        let (date, clocks) = times.rsplit_once(", ")?;
        let (begins, ends) = clocks.split_once(" to ")?;
        let offsets = offsets.split_once(')')?.0;
        let (first, last) = offsets.split_once(" → UTC").unwrap_or((offsets, offsets));
        let instant = |clock: &str, offset: &str| {
            Timestamp::strptime("%A, %d %B %Y %I:%M %p %:z", format!("{date} {clock} {offset}")).ok()
        };
        let (begins, mut ends) = (instant(begins, first)?, instant(ends, last)?);
        // The date is given once: a meeting that ends past midnight ends on the next day.
        if ends < begins {
            ends += SignedDuration::from_hours(24);
        }
        Some([begins, ends])
    };
    read().unwrap_or_else(|| panic!("it cannot be read: {line}"))
}

#[test]
fn all_that_is_said_of_a_meeting_names_one_instant() {
    let mut desk = Desk::open();
    let changes = changes();
    assert!(changes.len() >= 8, "clocks are changed in most of these zones: {changes:?}");
    for (change, zone) in changes {
        let clock = change - SignedDuration::from_hours(72);
        assert_eq!(desk.office.knock.set_clock(&json!({"now": clock.to_string()})).code, 200);
        for minutes in AROUND {
            desk.books(zone, change + SignedDuration::from_mins(minutes));
        }
    }
}
