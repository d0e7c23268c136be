//! Names of zones: of the IANA database also behind a prefix, of Windows, of cities, and offsets that stand in a name.
//! All names here are in lower case, with single spaces.

use super::super::moment::offset;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use strum::IntoEnumIterator;
use windows_timezones::WindowsTimezone;

/// Instants of both halves of a year, in the past and in the coming years, in seconds.
const SAMPLES: [i64; 6] = [1_705_000_000, 1_721_000_000, 1_800_000_000, 1_816_000_000, 1_894_000_000, 1_910_000_000];
/// Words of names that mean universal time.
const UNIVERSAL: [&str; 4] = ["z", "utc", "gmt", "tzone://microsoft/utc"];
/// Abbreviations that the database does not have, with the offset of standard time; they are used all year round.
const ABBREVIATIONS: [(&str, i8); 12] = [
    ("pst", -8),
    ("pdt", -8),
    ("pt", -8),
    ("mdt", -7),
    ("mt", -7),
    ("cst", -6),
    ("cdt", -6),
    ("ct", -6),
    ("edt", -5),
    ("et", -5),
    ("bst", 0),
    ("cest", 1),
];

/// The IANA names of Windows' zones, by the names and the descriptions that Windows shows.
static WINDOWS: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for zone in WindowsTimezone::iter() {
        let (name, shown) = (zone.name().to_lowercase(), zone.description().to_lowercase());
        names.insert(name.replace("standard time", "daylight time"), zone.tzdb_id());
        names.insert(name.replace("standard time", "summer time"), zone.tzdb_id());
        names.insert(without_offset(&shown).to_owned(), zone.tzdb_id());
        names.insert(name, zone.tzdb_id());
    }
    names
});

/// The names of the database by the place that they end with.
static PLACES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in jiff::tz::db().available() {
        let name = name.as_str().to_lowercase();
        if let Some((_, place)) = name.rsplit_once('/') {
            places.entry(place.replace('_', " ")).or_default().push(name);
        }
    }
    places
});

/// The offsets of each area of the database: the westernmost and the easternmost.
static AREAS: LazyLock<BTreeMap<String, (Offset, Offset)>> = LazyLock::new(|| {
    let mut areas: BTreeMap<String, (Offset, Offset)> = BTreeMap::new();
    for name in PLACES.values().flatten() {
        let (Some((area, _)), Ok(zone)) = (name.split_once('/'), TimeZone::get(name)) else { continue };
        for offset in samples(&zone) {
            let (west, east) = areas.entry(area.to_owned()).or_insert((offset, offset));
            (*west, *east) = ((*west).min(offset), (*east).max(offset));
        }
    }
    areas
});

/// The zone of a place of the database, such as `europe/berlin`.
pub(super) fn place(name: &str) -> Option<TimeZone> {
    let name = name.trim_matches('/').replace(' ', "_");
    TimeZone::get(&name).ok().filter(|_| name.contains('/'))
}

/// The zone that a name means without a doubt.
pub(super) fn zone(name: &str) -> Option<TimeZone> {
    let numberless = || name.rsplit_once(' ').filter(|(_, end)| end.bytes().all(|byte| byte.is_ascii_digit()));
    let whole = |name: &str| of_database(name).or_else(|| prefixed(name)).or_else(|| of_windows(name));
    let found = whole(name).or_else(|| numberless().and_then(|(name, _)| whole(name)));
    found.or_else(|| cities(name)).or_else(|| offset_alone(name).map(TimeZone::fixed))
}

/// The offsets between which a name that is not known may be, by what can be read of it.
pub(super) fn bounds(name: &str) -> Option<(Offset, Offset)> {
    let with_daylight = |west: Offset| (west, west.saturating_add(jiff::Span::new().hours(1)));
    if let Some(west) = offset_within(name) {
        return Some(with_daylight(west));
    }
    if let Some((_, hours)) = ABBREVIATIONS.iter().find(|(known, _)| *known == name) {
        return Some(with_daylight(Offset::constant(*hours)));
    }
    AREAS.get(name.trim_matches('/').split_once('/')?.0).copied()
}

fn of_database(name: &str) -> Option<TimeZone> {
    if UNIVERSAL.contains(&name) {
        return Some(TimeZone::UTC);
    }
    place(name).or_else(|| TimeZone::get(name).ok()).or_else(|| TimeZone::get(&name.replacen('-', "/", 1)).ok())
}

/// A name of the database at the end of another name.
fn prefixed(name: &str) -> Option<TimeZone> {
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
    let known = |number: usize| {
        let from = parts.len().checked_sub(number).filter(|from| *from > 0)?;
        let end = parts[from..].join("/");
        place(&end).or_else(|| of_windows(&end)).or_else(|| TimeZone::get(&end).ok())
    };
    [3, 2, 1].into_iter().find_map(known)
}

fn of_windows(name: &str) -> Option<TimeZone> {
    let name = name.replace("&amp;", "&");
    let known = WINDOWS.get(&name).or_else(|| WINDOWS.get(without_offset(&name)))?;
    TimeZone::get(known).ok()
}

/// The zone of cities, of which those that are known have the same clock.
fn cities(name: &str) -> Option<TimeZone> {
    let names = without_offset(name).split([',', '/', ';']).map(str::trim);
    let zones = names.filter_map(|city| PLACES.get(city)).flatten().filter_map(|name| TimeZone::get(name).ok());
    let zones: Vec<TimeZone> = zones.collect();
    let first = zones.first()?;
    let is_same = zones.iter().all(|zone| samples(zone) == samples(first));
    let is_within = offset_within(name).is_none_or(|west| samples(first).into_iter().min() == Some(west));
    (is_same && is_within).then(|| first.clone())
}

fn samples(zone: &TimeZone) -> Vec<Offset> {
    SAMPLES.iter().filter_map(|second| Some(zone.to_offset(Timestamp::from_second(*second).ok()?))).collect()
}

/// A name without `(utc+01:00) ` before it.
fn without_offset(name: &str) -> &str {
    let is_offset = |inner: &str| inner.starts_with("utc") || inner.starts_with("gmt");
    let rest = name.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    rest.filter(|(inner, rest)| is_offset(inner) && !rest.trim().is_empty()).map_or(name, |(_, rest)| rest.trim())
}

/// The offset of a name that is nothing else, such as `utc+01:00`.
fn offset_alone(name: &str) -> Option<Offset> {
    let rest = ["utc", "gmt"].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name).trim();
    rest.starts_with(['+', '-']).then(|| offset(rest))?
}

/// The offset in a name, such as `(gmt +1) here`.
fn offset_within(name: &str) -> Option<Offset> {
    let at = ["utc", "gmt"].iter().find_map(|word| name.find(word))?;
    let rest = name.get(at + 3..)?.trim_start();
    let end = rest.char_indices().skip(1).find(|(_, c)| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ' '));
    let text = &rest[..end.map_or(rest.len(), |(at, _)| at)];
    text.starts_with(['+', '-']).then(|| offset(text.trim_end_matches([':', '.', ' '])))?
}
