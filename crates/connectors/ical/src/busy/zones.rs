//! The zones that a calendar names: by the name of the IANA database, else as the calendar describes them.

use icalendar::parser::Component;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeMap;

/// The zones of one calendar.
pub(super) struct Zones {
    own: TimeZone,
    described: BTreeMap<String, Result<TimeZone, String>>,
}

impl Zones {
    /// Reads the descriptions of a calendar; `own` is for times without a zone.
    pub(super) fn of(components: &[Component<'_>], own: &TimeZone) -> Zones {
        let zones = components.iter().filter(|component| component.name.as_str().eq_ignore_ascii_case("VTIMEZONE"));
        let described = zones.filter_map(|zone| Some((text(zone, "TZID")?.to_owned(), described(zone)))).collect();
        Zones { own: own.clone(), described }
    }

    /// The zone of the calendar's owner.
    pub(super) const fn own(&self) -> &TimeZone {
        &self.own
    }

    /// The zone with this name.
    ///
    /// # Errors
    /// When nothing says what it is.
    pub(super) fn find(&self, name: &str) -> Result<TimeZone, String> {
        if let Ok(zone) = TimeZone::get(name) {
            return Ok(zone);
        }
        match self.described.get(name) {
            Some(zone) => zone.clone(),
            None => Err(format!("its time zone `{name}` is not known")),
        }
    }
}

/// Offsets from an instant on, every year on the same weekday, or once.
struct Observance {
    since: DateTime,
    to: Offset,
    is_daylight: bool,
    rule: Option<String>,
    name: String,
}

/// A zone by its description: the offsets that hold now. Earlier ones are history.
fn described(zone: &Component<'_>) -> Result<TimeZone, String> {
    // Programs say so whose names are their own.
    if let Some(zone) = text(zone, "X-LIC-LOCATION").and_then(|name| TimeZone::get(name).ok()) {
        return Ok(zone);
    }
    let observances = zone.components.iter().map(observance).collect::<Result<Vec<_>, _>>()?;
    let latest = |is_daylight: bool| {
        let of_kind = observances.iter().filter(|observance| observance.is_daylight == is_daylight);
        of_kind.max_by_key(|observance| observance.since)
    };
    let wrong = || "its time zone is described in a way that cannot be read".to_owned();
    match (latest(false), latest(true)) {
        (None, None) => Err(wrong()),
        (Some(one), None) | (None, Some(one)) => Ok(TimeZone::fixed(one.to)),
        (Some(standard), Some(daylight)) => match (&standard.rule, &daylight.rule) {
            (Some(standard_rule), Some(daylight_rule)) => {
                let text = posix(standard, daylight, standard_rule, daylight_rule).ok_or_else(wrong)?;
                TimeZone::posix(&text).map_err(|_| wrong())
            }
            // Daylight saving time was given up: the change that came last holds.
            _ => Ok(TimeZone::fixed(if standard.since >= daylight.since { standard.to } else { daylight.to })),
        },
    }
}

fn observance(component: &Component<'_>) -> Result<Observance, String> {
    let missing = |name: &str| format!("its time zone has no {name}");
    let value = |name: &'static str| text(component, name).ok_or_else(|| missing(name));
    let since = DateTime::strptime("%Y%m%dT%H%M%S", value("DTSTART")?).map_err(|_| missing("DTSTART"))?;
    let to = offset(value("TZOFFSETTO")?).ok_or_else(|| missing("TZOFFSETTO"))?;
    let rule = text(component, "RRULE").filter(|rule| !rule.to_ascii_uppercase().contains("UNTIL=")).map(str::to_owned);
    let is_daylight = component.name.as_str().eq_ignore_ascii_case("DAYLIGHT");
    let name = if is_daylight { "DST" } else { "STD" }.to_owned();
    Ok(Observance { since, to, is_daylight, rule, name })
}

/// Both as a POSIX time zone: `STD-1:00:00DST-2:00:00,M3.5.0/2:00:00,M10.5.0/3:00:00`.
fn posix(standard: &Observance, daylight: &Observance, standard_rule: &str, daylight_rule: &str) -> Option<String> {
    let (begins, ends) = (change(daylight, daylight_rule)?, change(standard, standard_rule)?);
    let named = |observance: &Observance| format!("{}{}", observance.name, posix_offset(observance.to));
    Some(format!("{}{},{begins},{ends}", named(standard), named(daylight)))
}

/// The date of a yearly change to it: `M3.5.0/2:00:00` is 02:00 on the last Sunday of March.
fn change(observance: &Observance, rule: &str) -> Option<String> {
    let part = |name: &str| {
        let of_name = rule.split(';').filter_map(|part| part.split_once('='));
        of_name.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let month: u8 = part("BYMONTH")?.parse().ok()?;
    let by_day = part("BYDAY")?;
    let (place, day) = by_day.split_at_checked(by_day.len().checked_sub(2)?)?;
    let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"].iter().position(|name| day.eq_ignore_ascii_case(name))?;
    let week = match place.parse::<i8>().ok()? {
        -1 => 5,
        week @ 1..=4 => week,
        _ => return None,
    };
    let time = observance.since.time();
    Some(format!("M{month}.{week}.{day}/{}:{:02}:{:02}", time.hour(), time.minute(), time.second()))
}

/// POSIX counts westwards.
fn posix_offset(offset: Offset) -> String {
    let seconds = -offset.seconds();
    let (sign, seconds) = if seconds < 0 { ("-", -seconds) } else { ("", seconds) };
    format!("{sign}{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// `+0530`, `-0800` or `+053015`.
fn offset(text: &str) -> Option<Offset> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let number = |at: usize| text.get(at..at + 2).and_then(|digits| digits.parse::<i32>().ok());
    let seconds = number(1)? * 3_600 + number(3)? * 60 + if text.len() > 5 { number(5)? } else { 0 };
    Offset::from_seconds(sign * seconds).ok()
}

fn text<'c>(component: &'c Component<'_>, name: &str) -> Option<&'c str> {
    component.find_prop(name).map(|property| property.val.as_str().trim())
}
