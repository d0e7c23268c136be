//! Members as routing sees them at an instant: by what they set, their working hours and their open chats.

use knock_model::{AvailabilityState, Millis, RepId};
use knock_ports::Member;
use knock_routing::{Rep, RepState};
use knock_scheduling::{Hours, Range, WrongHours, zone};
use knock_wire::{Availability, WeeklyHours};
use std::collections::BTreeMap;

/// The open chats of each rep who has any.
pub type OpenChats = BTreeMap<RepId, u32>;

/// The members as routing sees them now.
pub(crate) fn reps(members: &[Member], open: &OpenChats, now: Millis) -> Vec<Rep> {
    members.iter().map(|member| rep(member, is_full(member, open), state(&member.availability, now))).collect()
}

/// The members of today as routing would have seen them earlier: within their hours, whatever they set since.
pub(crate) fn reps_then(members: &[Member], at: Millis) -> Vec<Rep> {
    members.iter().map(|member| rep(member, false, by_hours(&member.availability, at))).collect()
}

fn rep(member: &Member, at_capacity: bool, state: RepState) -> Rep {
    // Who has working hours is bookable.
    let has_calendar = member.availability.hours.is_some();
    Rep {
        id: member.id.to_string(),
        email: Some(member.email.clone()),
        state,
        has_calendar,
        at_capacity,
        ..Rep::default()
    }
}

/// Whether a member has as many open chats as they take.
pub fn is_full(member: &Member, open: &OpenChats) -> bool {
    let open = open.get(&member.id).copied().unwrap_or_default();
    member.availability.capacity.is_some_and(|capacity| open >= capacity)
}

/// Whether a member takes leads at an instant.
pub fn state(availability: &Availability, now: Millis) -> RepState {
    let is_back = availability.away_until.is_some_and(|until| until <= now);
    if availability.state == AvailabilityState::Away && !is_back {
        return RepState::Away;
    }
    by_hours(availability, now)
}

fn by_hours(availability: &Availability, at: Millis) -> RepState {
    // Hours were checked when they were saved; a zone that a later version does not know must not stop routing.
    let hours = availability.hours.as_ref().and_then(|written| hours(written).ok());
    if hours.is_none_or(|hours| hours.hold(at)) { RepState::Active } else { RepState::OffHours }
}

/// The working hours as scheduling knows them.
///
/// # Errors
/// The JSON pointer within the hours of what is wrong, and why.
pub fn hours(written: &WeeklyHours) -> Result<Hours, (String, WrongHours<'_>)> {
    let zone = zone(&written.zone).map_err(|wrong| ("/zone".to_owned(), wrong))?;
    let mut weekly: [Vec<Range>; 7] = Default::default();
    for (ranges, (name, day)) in weekly.iter_mut().zip(written.days()) {
        for (at, (start, end)) in day.iter().enumerate() {
            ranges.push(Range::parse(start, end).map_err(|wrong| (format!("/{name}/{at}"), wrong))?);
        }
    }
    Ok(Hours { zone, weekly, overrides: Vec::new(), travel: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::DayRange;

    fn weekdays() -> Availability {
        let day: Vec<DayRange> = vec![("09:00".into(), "12:00".into()), ("13:00".into(), "17:00".into())];
        let hours = WeeklyHours { zone: "Europe/Berlin".into(), mon: day.clone(), fri: day, ..WeeklyHours::default() };
        Availability { hours: Some(hours), ..Availability::default() }
    }

    /// Monday, 2026-11-23, at a time of day in Berlin (UTC+1).
    fn monday(hour: i64, minute: i64) -> Millis {
        Millis(1_795_388_400_000 + hour * 3_600_000 + minute * 60_000)
    }

    #[test]
    fn hours_are_half_open_and_local() {
        let available = weekdays();
        for (hour, minute, expected) in [
            (8, 59, RepState::OffHours),
            (9, 0, RepState::Active),
            (11, 59, RepState::Active),
            (12, 0, RepState::OffHours),
            (13, 0, RepState::Active),
            (17, 0, RepState::OffHours),
            (9 + 24, 0, RepState::OffHours),
            (9 + 4 * 24, 0, RepState::Active),
        ] {
            assert_eq!(state(&available, monday(hour, minute)), expected, "{hour}:{minute}");
        }
        assert_eq!(state(&Availability::default(), monday(3, 0)), RepState::Active, "no hours are all hours");
    }

    #[test]
    fn away_ends_at_its_instant_and_then_the_hours_count() {
        let away = Availability { state: AvailabilityState::Away, away_until: Some(monday(10, 0)), ..weekdays() };
        assert_eq!(state(&away, monday(9, 59)), RepState::Away);
        assert_eq!(state(&away, monday(10, 0)), RepState::Active);
        assert_eq!(state(&away, monday(18, 0)), RepState::OffHours);
        let for_good = Availability { away_until: None, ..away };
        assert_eq!(state(&for_good, monday(24 * 300, 0)), RepState::Away);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |change: fn(&mut WeeklyHours)| {
            let mut written = weekdays().hours.expect("hours");
            change(&mut written);
            hours(&written).map(drop).map_err(|(pointer, wrong)| format!("{pointer}: {wrong}"))
        };
        assert_eq!(wrong(|_| {}), Ok(()));
        let zone = wrong(|written| written.zone = "Berlin".into()).expect_err("no zone");
        assert_eq!(zone, "/zone: `Berlin` is not a time zone such as `Europe/Berlin`");
        let time = wrong(|written| written.fri[1].0 = "9".into()).expect_err("no time");
        assert_eq!(time, "/fri/1: `9` is not a time of day such as `09:00`");
        let inverted = wrong(|written| written.tue = vec![("09:00".into(), "09:00".into())]).expect_err("empty");
        assert!(inverted.starts_with("/tue/0: hours end at or before their start"), "{inverted}");
    }
}
