//! Repeated events. The library repeats local times as if they were UTC; jiff says which instants they are.

use super::time::{When, civil};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use knock_scheduling::Span;
use rrule::{RRule, RRuleSet, Tz, Unvalidated};

/// The most instances of one event: more in one window is no calendar of a person.
const MOST: u16 = 20_000;

pub(super) struct Repetition {
    /// The rule as it was written.
    pub(super) rule: Option<String>,
    /// Instances beside the rule.
    pub(super) extra: Vec<When>,
    /// Instances that fall away.
    pub(super) without: Vec<When>,
}

/// The starts of an event, of which those that lie outside the window may be missing.
pub(super) fn occurrences(
    start: &When,
    repeats: &Repetition,
    window: Span,
    own: &TimeZone,
) -> Result<Vec<When>, String> {
    let mut starts = match &repeats.rule {
        None => vec![start.clone()],
        Some(rule) => by_rule(start, rule, window, own)?,
    };
    starts.extend(repeats.extra.iter().cloned());
    let falls_away = |start: &When| {
        repeats.without.iter().any(|without| match without {
            // A date takes the instance of that day away, whenever it is.
            When::Day(day) => start.local().date() == *day,
            When::At(..) => without.instant_in(own) == start.instant_in(own),
        })
    };
    starts.retain(|start| !falls_away(start));
    Ok(starts)
}

fn by_rule(start: &When, rule: &str, window: Span, own: &TimeZone) -> Result<Vec<When>, String> {
    let first = foreign(start.local())?;
    let rule = local_until(rule, start)?;
    let wrong = |error: rrule::RRuleError| format!("the rule `{rule}` cannot be used: {error}");
    let rule: RRule<Unvalidated> = rule.parse().map_err(wrong)?;
    let rule = rule.validate(first).map_err(wrong)?;
    let zone = match start {
        When::Day(_) => own,
        When::At(_, zone) => zone,
    };
    // A day more at each end: what falls on the edge is judged by its instant.
    let from = foreign(civil(window.start, zone).saturating_sub(jiff::Span::new().days(1)))?;
    let to = foreign(civil(window.end, zone).saturating_add(jiff::Span::new().days(1)))?;
    let set = RRuleSet::new(first).rrule(rule).after(from).before(to).limit();
    let found = set.all(MOST);
    if found.limited {
        return Err(format!("it repeats more than {MOST} times"));
    }
    found.dates.into_iter().map(|date| ours(&date).map(|local| start.at(local))).collect()
}

/// The rule with its end as the clock of the event shows it: the library sees local times alone.
fn local_until(rule: &str, start: &When) -> Result<String, String> {
    let part = |part: &str| {
        let Some((name, until)) = part.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("UNTIL")) else {
            return Ok(part.to_owned());
        };
        let wrong = || format!("`{until}` is no end of a rule");
        let local = match until.strip_suffix(['Z', 'z']) {
            Some(utc) => {
                let utc = DateTime::strptime("%Y%m%dT%H%M%S", utc).map_err(|_| wrong())?;
                match start {
                    When::Day(_) => utc,
                    When::At(_, zone) => {
                        let at = TimeZone::UTC.to_timestamp(utc).map_err(|_| wrong())?;
                        zone.to_datetime(at)
                    }
                }
            }
            None if until.len() == 8 => {
                let day = jiff::civil::Date::strptime("%Y%m%d", until).map_err(|_| wrong())?;
                day.at(23, 59, 59, 0)
            }
            None => DateTime::strptime("%Y%m%dT%H%M%S", until).map_err(|_| wrong())?,
        };
        Ok(format!("{name}={}", local.strftime("%Y%m%dT%H%M%SZ")))
    };
    let parts = rule.split(';').filter(|text| !text.is_empty()).map(part).collect::<Result<Vec<_>, String>>()?;
    Ok(parts.join(";"))
}

/// A local time as the library has it.
fn foreign(local: DateTime) -> Result<chrono::DateTime<Tz>, String> {
    let at = TimeZone::UTC.to_timestamp(local).map_err(|error| error.to_string())?;
    let at = chrono::DateTime::from_timestamp_millis(at.as_millisecond()).ok_or("a time of it is out of range")?;
    Ok(at.with_timezone(&Tz::UTC))
}

/// A local time of the library.
fn ours(at: &chrono::DateTime<Tz>) -> Result<DateTime, String> {
    let at = jiff::Timestamp::from_millisecond(at.timestamp_millis()).map_err(|error| error.to_string())?;
    Ok(TimeZone::UTC.to_datetime(at))
}
