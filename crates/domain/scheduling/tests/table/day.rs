//! One rep in UTC, and what is offered of them: the setting of most examples.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Block, Calendar, Extent, Hours, Mode, Range, RepState, Span, Terms, offer};

/// An instant such as `2026-06-01T09:00Z`.
pub(crate) fn at(text: &str) -> Millis {
    let at: jiff::Timestamp = text.parse().expect("an instant");
    Millis(at.as_millisecond())
}

pub(crate) const fn minutes(count: i64) -> Millis {
    Millis(count * Millis::MINUTE.0)
}

/// From a time of day up to another, such as `09:00-17:30`; `24:00` is midnight.
pub(crate) fn range(text: &str) -> Range {
    let (start, end) = text.split_once('-').expect("two times");
    let time = |text: &str| text.parse::<Time>().expect("a time of day");
    let end = if end == "24:00" { None } else { Some(time(end)) };
    Range::new(time(start), end).expect("ends after its start")
}

/// A rep who has these hours on every day of the week.
pub(crate) fn daily(zone: &str, hours: &[&str]) -> Calendar {
    let ranges: Vec<Range> = hours.iter().map(|hours| range(hours)).collect();
    let zone = TimeZone::get(zone).expect("bundled");
    Calendar {
        hours: Hours { zone, weekly: [(); 7].map(|()| ranges.clone()), overrides: vec![], travel: vec![] },
        blocks: vec![],
        holds: vec![],
        state: RepState::Usable,
        upcoming: 0,
        last_booked: None,
    }
}

pub(crate) fn block(start: &str, end: &str) -> Block {
    Block {
        extent: Extent::Instants(Span { start: at(start), end: at(end) }),
        buffer_before: Millis(0),
        buffer_after: Millis(0),
        is_meeting: false,
    }
}

/// A meeting of so many minutes, on a grid of the same, begun between two instants.
pub(crate) fn terms(length: i64, from: &str, to: &str) -> Terms {
    Terms {
        duration: minutes(length),
        step: minutes(length),
        buffer_before: Millis(0),
        buffer_after: Millis(0),
        max_per_day: None,
        window: Span { start: at(from), end: at(to) },
    }
}

/// The starts that are offered, as `2026-06-01T09:00`.
pub(crate) fn starts(mode: Mode, pool: &[Calendar], terms: &Terms) -> Vec<String> {
    let slots = offer(mode, pool, terms).expect("a pool");
    slots.iter().map(|slot| text(slot.start)).collect()
}

/// The starts of one rep.
pub(crate) fn single(rep: &Calendar, terms: &Terms) -> Vec<String> {
    starts(Mode::Single, std::slice::from_ref(rep), terms)
}

fn text(at: Millis) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).expect("within the calendar");
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}
