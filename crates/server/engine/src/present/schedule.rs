//! What a member sees of their own time: working hours, and busy times of their calendars.

use crate::commands::{Busy, BusyTimes, elsewhere};
use crate::working_hours::working_hours;
use jiff::tz::TimeZone;
use knock_ports::{Member, StoreError, View};
use knock_scheduling::{Hours, Span, union_within, zone};
use knock_wire::{Schedule, TimeSpan};

/// The working hours of a member within a window, and what is in their calendars beside meetings of Knock.
///
/// # Errors
/// When the store fails.
pub fn schedule(view: &dyn View, member: &Member, window: Span, busy: &BusyTimes) -> Result<Schedule, StoreError> {
    let holidays = view.meeting_settings()?.holidays;
    let hours = working_hours(&member.availability, holidays.as_deref(), window);
    let working = hours.as_ref().map(|hours| hours.spans(window)).unwrap_or_default();
    let hours = match hours {
        Some(hours) => hours,
        None => without_hours(&view.notifications(member.id)?.time_zone),
    };
    let busy = busy.get(&member.id);
    let blocks = match busy {
        Some(Busy::Known(blocks)) => elsewhere(blocks).filter_map(|block| block.span(&hours)).collect(),
        Some(Busy::Unreachable) | None => Vec::new(),
    };
    Ok(Schedule {
        working: shown(working),
        busy: shown(union_within(blocks, window)),
        is_unreachable: busy == Some(&Busy::Unreachable),
    })
}

/// The time zone for whole days of a member without working hours.
fn without_hours(named: &str) -> Hours {
    let zone = zone(named).unwrap_or(TimeZone::UTC);
    Hours { zone, weekly: Default::default(), overrides: Vec::new(), travel: Vec::new() }
}

fn shown(spans: Vec<Span>) -> Vec<TimeSpan> {
    spans.into_iter().map(|span| TimeSpan { from: span.start, to: span.end }).collect()
}
