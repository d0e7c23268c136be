//! Series: the starts that their rules give, and their instances ([`crate::pages::RECURRING`]).
//!
//! Rules are expanded on the wall clock of the series' zone, and each start becomes an instant by the zone's own rules.

use super::{Calendar, Event, When, zone};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rrule::RRuleSet;
use serde_json::{Value as Json, json};

/// The most starts of a series that are looked at.
const MOST: usize = 20_000;
/// Wall-clock times as rules have them, labelled as UTC so that no zone moves them.
const FLOATING: &str = "%Y%m%dT%H%M%SZ";

/// An event at its time: a single one, an exception or a derived instance.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence {
    pub(crate) event: Event,
}

/// The original starts of a series that begin before an instant, in their order.
///
/// # Errors
/// When a line of its recurrence cannot be read.
pub(crate) fn starts(series: &Event, calendar_zone: &str, before: Timestamp) -> Result<Vec<When>, String> {
    let first = series.when("start").ok_or("Missing start time.")?;
    let named = series.body.get("start").and_then(|start| start["timeZone"].as_str()).unwrap_or(calendar_zone);
    let zone = zone(named)?;
    let days = matches!(first, When::Day(_));
    let lines = series.body.get("recurrence").and_then(Json::as_array).into_iter().flatten();
    let mut text = format!("DTSTART:{}", floating(first, &zone));
    for line in lines {
        let line = line.as_str().ok_or("Invalid recurrence rule.")?;
        text = format!("{text}\n{}", localised(line, &zone, days)?);
    }
    let rules: RRuleSet = text.parse().map_err(|error| format!("Invalid recurrence rule: {error}"))?;
    let mut starts = vec![first];
    for found in rules.into_iter().take(MOST) {
        let local = Timestamp::from_second(found.timestamp()).map_err(|error| error.to_string())?;
        let local = local.to_zoned(TimeZone::UTC).datetime();
        let start = match days {
            true => When::Day(local.date()),
            false => When::At(zone.to_zoned(local).map_err(|error| error.to_string())?.timestamp()),
        };
        if start.instant(&zone) >= before {
            break;
        }
        starts.push(start);
    }
    starts.sort();
    starts.dedup();
    Ok(starts)
}

fn floating(when: When, zone: &TimeZone) -> String {
    match when {
        When::Day(day) => day.to_datetime(jiff::civil::Time::midnight()).strftime(FLOATING).to_string(),
        When::At(at) => at.to_zoned(zone.clone()).datetime().strftime(FLOATING).to_string(),
    }
}

/// A line of a recurrence with its times on the wall clock of the series.
fn localised(line: &str, zone: &TimeZone, days: bool) -> Result<String, String> {
    let (head, value) = line.split_once(':').ok_or("Invalid recurrence rule.")?;
    let mut head = head.split(';');
    let name = head.next().unwrap_or_default().to_ascii_uppercase();
    let own = head.find_map(|parameter| parameter.strip_prefix("TZID=")).map(super::zone).transpose()?;
    match name.as_str() {
        "RRULE" => {
            let part = |part: &str| match part.split_once('=') {
                Some(("UNTIL", until)) => wall_clock(until, zone, None, !days).map(|until| format!("UNTIL={until}")),
                _ => Ok(part.to_owned()),
            };
            let parts: Result<Vec<String>, String> = value.split(';').map(part).collect();
            Ok(format!("RRULE:{}", parts?.join(";")))
        }
        "EXDATE" | "RDATE" => {
            let times: Result<Vec<String>, String> =
                value.split(',').map(|time| wall_clock(time, zone, own.as_ref(), false)).collect();
            Ok(format!("{name}:{}", times?.join(",")))
        }
        _ => Err("Invalid recurrence rule.".to_owned()),
    }
}

/// A time of a rule on the wall clock: it is in UTC, in a zone of its own, or already there.
fn wall_clock(text: &str, zone: &TimeZone, own: Option<&TimeZone>, to_end_of_day: bool) -> Result<String, String> {
    let wrong = |_| format!("Invalid time in recurrence rule: {text}");
    if text.len() == 8 {
        return Ok(format!("{text}T{}Z", if to_end_of_day { "235959" } else { "000000" }));
    }
    let local = DateTime::strptime("%Y%m%dT%H%M%S", text.trim_end_matches('Z')).map_err(wrong)?;
    let from = if text.ends_with('Z') { &TimeZone::UTC } else { own.unwrap_or(zone) };
    let at = from.to_zoned(local).map_err(wrong)?;
    Ok(at.with_time_zone(zone.clone()).datetime().strftime(FLOATING).to_string())
}

/// One instance of a series as its rules give it; none when they give no such start.
pub(crate) fn occurrence(calendar: &Calendar, id: &str) -> Option<Event> {
    let (series, start) = id.rsplit_once('_')?;
    let series = calendar.events.get(series).filter(|event| event.is_series())?;
    let day = DateTime::strptime("%Y%m%dT%H%M%S", format!("{}T000000", start.get(..8)?)).ok()?;
    let before = TimeZone::UTC.to_timestamp(day.checked_add(2.days()).ok()?).ok()?;
    let starts = starts(series, &calendar.zone, before).ok()?;
    let start = starts.into_iter().find(|known| known.id() == start)?;
    Some(derived(series, start))
}

/// The instances of a series that its rules give and no exception replaces, which overlap a window.
pub(crate) fn occurrences(
    calendar: &Calendar,
    series: &Event,
    (from, to): (Timestamp, Timestamp),
) -> impl Iterator<Item = Occurrence> {
    let zone = zone(&calendar.zone).unwrap_or(TimeZone::UTC);
    let starts = starts(series, &calendar.zone, to).unwrap_or_default();
    let is_replaced = |start: &When| calendar.events.contains_key(&format!("{}_{}", series.id(), start.id()));
    starts.into_iter().filter(move |start| !is_replaced(start)).filter_map(move |start| {
        let event = derived(series, start);
        let (begins, ends) = event.span(&zone);
        (begins < to && (ends > from || (begins == ends && begins >= from))).then_some(Occurrence { event })
    })
}

fn derived(series: &Event, start: When) -> Event {
    let mut event = Event { gone: Default::default(), ..series.clone() };
    let named = |name: &str| series.body.get(name).and_then(|when| when["timeZone"].as_str()).unwrap_or("UTC");
    let end = series.end_from(start);
    event.body.remove("recurrence");
    event.body.insert("id".to_owned(), json!(format!("{}_{}", series.id(), start.id())));
    event.body.insert("recurringEventId".to_owned(), json!(series.id()));
    event.body.insert("originalStartTime".to_owned(), start.json(&TimeZone::UTC, named("start")));
    event.body.insert("start".to_owned(), start.json(&TimeZone::UTC, named("start")));
    event.body.insert("end".to_owned(), end.json(&TimeZone::UTC, named("end")));
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(start: Json, recurrence: Json) -> Result<Vec<String>, String> {
        let mut event = Event::default();
        event.body.insert("start".to_owned(), start);
        event.body.insert("recurrence".to_owned(), recurrence);
        let starts = starts(&event, "Europe/Berlin", "2026-12-01T00:00:00Z".parse().expect("an instant"))?;
        Ok(starts.into_iter().map(When::id).collect())
    }

    #[test]
    fn starts_keep_their_wall_clock_over_changes_of_the_clock() {
        let berlin = |text: &str| json!({"dateTime": text, "timeZone": "Europe/Berlin"});
        for (start, recurrence, expected) in [
            // The clock goes forward on 29 March.
            (
                berlin("2026-03-27T08:00:00Z"),
                json!(["RRULE:FREQ=WEEKLY;COUNT=2"]),
                vec!["20260327T080000Z", "20260403T070000Z"],
            ),
            // 02:30 does not exist then.
            (
                berlin("2026-03-28T01:30:00Z"),
                json!(["RRULE:FREQ=DAILY;COUNT=3"]),
                vec!["20260328T013000Z", "20260329T013000Z", "20260330T003000Z"],
            ),
            // The end of a rule is an instant.
            (
                berlin("2026-03-27T08:00:00Z"),
                json!(["RRULE:FREQ=WEEKLY;UNTIL=20260403T070000Z", "EXDATE;TZID=Europe/Berlin:20260327T090000"]),
                vec!["20260327T080000Z", "20260403T070000Z"],
            ),
            (
                json!({"date": "2026-03-28"}),
                json!(["RRULE:FREQ=DAILY;UNTIL=20260330", "EXDATE;VALUE=DATE:20260329", "RDATE;VALUE=DATE:20260405"]),
                vec!["20260328", "20260330", "20260405"],
            ),
        ] {
            assert_eq!(ids(start, recurrence.clone()).expect("they can be read"), expected, "{recurrence}");
        }
    }

    #[test]
    fn unreadable_rules_are_errors() {
        for line in ["FREQ=DAILY", "RRULE:FREQ=SOMETIMES", "RRULE:COUNT=2", "DTSTART:20260101T000000Z"] {
            let start = json!({"dateTime": "2026-03-28T01:30:00Z", "timeZone": "Europe/Berlin"});
            assert!(ids(start, json!([line])).is_err(), "{line}");
        }
    }
}
