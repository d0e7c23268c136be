//! Members as routing sees them at an instant: by what they set, their working hours and their open chats.

use crate::working_hours::working_hours;
use knock_model::{AvailabilityState, HoursFor, Millis, RepId};
use knock_ports::Member;
use knock_routing::{Rep, RepState};
use knock_scheduling::Span;
use knock_wire::Availability;
use std::collections::BTreeMap;

/// The open chats of each rep who has any.
pub type OpenChats = BTreeMap<RepId, u32>;

/// The members as routing sees them now; `holidays` are those of the workspace.
pub(crate) fn reps(members: &[Member], open: &OpenChats, holidays: Option<&str>, now: Millis) -> Vec<Rep> {
    let seen = |member| rep(member, is_full(member, open), state(&member.availability, holidays, now));
    members.iter().map(seen).collect()
}

/// The members of today as routing would have seen them earlier: within their hours, whatever they set since.
pub(crate) fn reps_then(members: &[Member], holidays: Option<&str>, at: Millis) -> Vec<Rep> {
    members.iter().map(|member| rep(member, false, by_hours(&member.availability, holidays, at))).collect()
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

/// Whether a member takes chats at an instant; `holidays` are those of the workspace.
pub fn state(availability: &Availability, holidays: Option<&str>, now: Millis) -> RepState {
    let is_back = availability.away_until.is_some_and(|until| until <= now);
    if availability.state == AvailabilityState::Away && !is_back {
        return RepState::Away;
    }
    by_hours(availability, holidays, now)
}

fn by_hours(availability: &Availability, holidays: Option<&str>, at: Millis) -> RepState {
    if availability.hours_for == HoursFor::Meetings {
        return RepState::Active;
    }
    let moment = Span { start: at, end: at + Millis(1) };
    // Hours were checked when they were saved; a zone that a later version does not know must not stop routing.
    let hours = working_hours(availability, holidays, moment);
    if hours.is_none_or(|hours| hours.hold(at)) { RepState::Active } else { RepState::OffHours }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{MemberState, Role};
    use knock_wire::{DayRange, WeeklyHours};

    fn weekdays() -> Availability {
        let day: Vec<DayRange> = vec![("09:00".into(), "12:00".into()), ("13:00".into(), "17:00".into())];
        let hours = WeeklyHours { zone: "Europe/Berlin".into(), mon: day.clone(), fri: day, ..WeeklyHours::default() };
        Availability { hours: Some(hours), ..Availability::default() }
    }

    fn every_day() -> WeeklyHours {
        let day = || vec![("00:00".into(), "24:00".into())];
        let [mon, tue, wed, thu, fri, sat, sun] = std::array::from_fn(|_| day());
        WeeklyHours { zone: "Europe/Berlin".into(), mon, tue, wed, thu, fri, sat, sun }
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
            assert_eq!(state(&available, None, monday(hour, minute)), expected, "{hour}:{minute}");
        }
        assert_eq!(state(&Availability::default(), None, monday(3, 0)), RepState::Active, "no hours are all hours");
    }

    #[test]
    fn away_ends_at_its_instant_and_then_the_hours_count() {
        let away = Availability { state: AvailabilityState::Away, away_until: Some(monday(10, 0)), ..weekdays() };
        assert_eq!(state(&away, None, monday(9, 59)), RepState::Away);
        assert_eq!(state(&away, None, monday(10, 0)), RepState::Active);
        assert_eq!(state(&away, None, monday(18, 0)), RepState::OffHours);
        let for_good = Availability { away_until: None, ..away };
        assert_eq!(state(&for_good, None, monday(24 * 300, 0)), RepState::Away);
    }

    #[test]
    fn a_public_holiday_is_off_hours_for_chats_unless_hours_are_for_meetings() {
        let new_year = Availability { hours: Some(every_day()), ..Availability::default() };
        let at = monday(10, 0) + Millis::days(39);
        assert_eq!(state(&new_year, None, at), RepState::Active);
        assert_eq!(state(&new_year, Some("DE"), at), RepState::OffHours);
        assert_eq!(state(&new_year, Some("DE"), at - Millis::DAY), RepState::Active);
        let meetings = Availability { hours_for: HoursFor::Meetings, ..new_year };
        assert_eq!(state(&meetings, Some("DE"), at), RepState::Active);
        assert_eq!(state(&meetings, None, monday(3, 0)), RepState::Active);
    }

    #[test]
    fn who_has_hours_can_be_booked() {
        let member = |availability| Member {
            id: RepId::new([1; 16]),
            email: "ann@us.example".into(),
            role: Role::Rep,
            state: MemberState::Active,
            availability: Box::new(availability),
        };
        let members = [member(weekdays()), member(Availability::default())];
        let seen = reps(&members, &OpenChats::new(), None, monday(3, 0));
        assert_eq!(seen.iter().map(|rep| rep.has_calendar).collect::<Vec<_>>(), [true, false]);
    }
}
