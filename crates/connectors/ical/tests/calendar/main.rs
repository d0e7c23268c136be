//! Invitations as they are written, and calendars as they are read.

mod broken;
mod descriptions;
mod events;
mod hostile;
mod invitations;
mod meetings;
mod names;
mod repeated;
mod rules;
mod syntax;
mod versions;
mod zones;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_ical::{Budget, BusyTime, Question, Takes, Unread, busy};
use knock_model::Millis;
use knock_scheduling::{Block, Extent, Span};

/// November 2026.
pub(crate) const NOVEMBER: (&str, &str) = ("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
pub(crate) const OWNER: &str = "ann@acme.example";

pub(crate) fn at(text: &str) -> Millis {
    Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
}

/// A calendar around components.
pub(crate) fn calendar(components: &[&str]) -> String {
    let lines = components.iter().flat_map(|component| component.trim().lines()).map(str::trim);
    let all =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"].into_iter().chain(lines).chain(["END:VCALENDAR"]);
    all.map(|line| format!("{line}\r\n")).collect()
}

pub(crate) fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:one\nDTSTAMP:20260101T000000Z\n{lines}\nEND:VEVENT")
}

/// What a calendar says of a window, in Berlin.
pub(crate) fn read(calendar: &[u8], from: &str, to: &str) -> BusyTime {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    let window = Span { start: at(from), end: at(to) };
    let addresses = [OWNER.to_owned(), "ann.lee@acme.example".to_owned()];
    let takes = Takes { tentative: true, unanswered: true, elsewhere: false };
    busy(calendar, &Question { window, zone: &zone, addresses: &addresses, takes }, &mut Budget::default())
}

/// The busy blocks in a window, as texts: instants in UTC, days as dates. All can be read.
pub(crate) fn blocks_of(calendar: &str, from: &str, to: &str) -> Vec<String> {
    let BusyTime { blocks, unread } = read(calendar.as_bytes(), from, to);
    assert_eq!(unread, [], "{calendar}");
    texts(&blocks)
}

pub(crate) fn texts(blocks: &[(String, Block)]) -> Vec<String> {
    let mut blocks: Vec<String> = blocks.iter().map(|(_, block)| shown(block)).collect();
    blocks.sort();
    blocks
}

/// The busy blocks in November 2026. All can be read.
pub(crate) fn november(components: &[&str]) -> Vec<String> {
    blocks_of(&calendar(components), NOVEMBER.0, NOVEMBER.1)
}

/// The busy blocks in November 2026, and the events that cannot be read: title, day and reason.
pub(crate) fn doubtful(components: &[&str]) -> (Vec<String>, Vec<String>) {
    let BusyTime { blocks, unread } = read(calendar(components).as_bytes(), NOVEMBER.0, NOVEMBER.1);
    let named = unread.into_iter().map(|Unread { title, day, reason }| {
        format!("{title}|{}|{reason}", day.map(|day| day.to_string()).unwrap_or_default())
    });
    (texts(&blocks), named.collect())
}

fn shown(block: &Block) -> String {
    match block.extent {
        Extent::Instants(Span { start, end }) => format!("{}/{}", utc(start), utc(end)),
        Extent::Days(from, to) => format!("{from}/{to}"),
    }
}

fn utc(at: Millis) -> String {
    Timestamp::from_millisecond(at.0).expect("an instant").strftime("%Y-%m-%dT%H:%MZ").to_string()
}
