//! Invitations as they are written, and calendars as they are read.

mod broken;
mod events;
mod hostile;
mod invitations;
mod repeated;
mod zones;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_ical::{Budget, Unreadable, busy};
use knock_model::Millis;
use knock_scheduling::{Block, Extent, Span};

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

/// The busy blocks in a window, in Berlin, as texts: instants in UTC, days as dates.
pub(crate) fn blocks_of(calendar: &str, from: &str, to: &str) -> Result<Vec<String>, Unreadable> {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    let window = Span { start: at(from), end: at(to) };
    let found = busy(calendar, window, &zone, OWNER, &mut Budget::default())?;
    let mut blocks: Vec<String> = found.iter().map(|(_, block)| shown(block)).collect();
    blocks.sort();
    Ok(blocks)
}

/// The busy blocks in November 2026.
pub(crate) fn november(components: &[&str]) -> Vec<String> {
    blocks_of(&calendar(components), "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z").expect("it can be read")
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
