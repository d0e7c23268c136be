//! Availability of members at an instant, for routing: by their settings, their working hours and their open chats.

use crate::absence::is_away;
use crate::working_hours::working_hours;
use knock_model::{AvailabilityState, HoursFor, MemberState, Millis, RepId};
use knock_ports::{Member, StoreError, View};
use knock_routing::{LeadFields, Rep, RepState, Workload};
use knock_scheduling::{Hours, Span};
use knock_wire::Availability;
use std::collections::BTreeMap;

/// The chats that count for the capacity of each rep with any.
pub type Workloads = BTreeMap<RepId, Workload>;

/// The days in which a member's next working hours are looked for.
pub(crate) const AHEAD: i64 = 60;

/// Returns the members as routing input now; `holidays` are those of the workspace.
pub(crate) fn reps(members: &[Member], loads: &Workloads, holidays: Option<&str>, now: Millis) -> Vec<Rep> {
    let seen = |member| rep(member, is_full(member, loads, now), state(&member.availability, holidays, now));
    members.iter().map(seen).collect()
}

/// Returns the owner of a lead in a CRM who is a former member: routing notes `crm_owner_inactive` then, and
/// `crm_owner_unmapped` for an address that was never a member's.
pub(crate) fn former_owner(view: &dyn View, lead: &LeadFields) -> Result<Option<Rep>, StoreError> {
    let Some((_, owner)) = lead.crm_owner() else { return Ok(None) };
    let member = view.member_by_email(&owner.to_lowercase())?;
    let former = member.filter(|member| member.state == MemberState::Removed);
    Ok(former.map(|member| rep(&member, false, RepState::Removed)))
}

/// The availability of today's members within a span of the past: by their working hours, whatever other settings they
/// changed since. The hours are computed once.
pub(crate) struct RepsThen {
    hours: Vec<Option<Hours>>,
}

impl RepsThen {
    /// Returns the members as routing input, and the hours that set their state at an instant of `span`.
    pub(crate) fn new(members: &[Member], holidays: Option<&str>, span: Span) -> (Vec<Rep>, RepsThen) {
        let hours_of = |member: &Member| {
            let availability = &member.availability;
            let is_for_chats = availability.hours_for != HoursFor::Meetings;
            is_for_chats.then(|| working_hours(availability, holidays, span)).flatten()
        };
        let hours = members.iter().map(hours_of).collect();
        (members.iter().map(|member| rep(member, false, RepState::Active)).collect(), RepsThen { hours })
    }

    /// Sets the state of these members at an instant.
    pub(crate) fn set(&self, reps: &mut [Rep], at: Millis) {
        for (rep, hours) in reps.iter_mut().zip(&self.hours) {
            rep.state = within(hours.as_ref(), at);
        }
    }
}

fn within(hours: Option<&Hours>, at: Millis) -> RepState {
    if hours.is_none_or(|hours| hours.hold(at)) { RepState::Active } else { RepState::OffHours }
}

fn rep(member: &Member, at_capacity: bool, state: RepState) -> Rep {
    // A member with working hours is bookable.
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

/// Whether a member works on as many chats as they take.
pub fn is_full(member: &Member, loads: &Workloads, now: Millis) -> bool {
    let capacity = member.availability.capacity;
    capacity.is_some_and(|capacity| loads.get(&member.id).is_some_and(|load| load.count(now) >= capacity))
}

/// The instant after `now` at which a member who takes no chats now may take one again, as far as it is known: at the
/// end of their absence, the beginning of their working hours, or once enough of their chats are quiet.
pub(crate) fn next_available(
    member: &Member,
    loads: &Workloads,
    holidays: Option<&str>,
    now: Millis,
) -> Option<Millis> {
    let at_work = at_work_from(&member.availability, holidays, now)?;
    if now < at_work {
        return Some(at_work);
    }
    loads.get(&member.id)?.free_at(member.availability.capacity?, now)
}

/// The first instant from `now` on at which a member is back and at work; none if that is not known.
pub(crate) fn at_work_from(availability: &Availability, holidays: Option<&str>, now: Millis) -> Option<Millis> {
    let until = || availability.away_until.map(|until| until.max(now));
    let at = if availability.state == AvailabilityState::Away { until()? } else { now };
    if availability.hours_for == HoursFor::Meetings {
        return Some(at);
    }
    let window = Span { start: at, end: at + Millis::days(AHEAD) };
    working_hours(availability, holidays, window).map_or(Some(at), |hours| hours.next(at, AHEAD))
}

/// Whether a member takes chats at an instant; `holidays` are those of the workspace.
pub fn state(availability: &Availability, holidays: Option<&str>, now: Millis) -> RepState {
    if is_away(availability, now) {
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
    within(working_hours(availability, holidays, moment).as_ref(), at)
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
    fn the_past_is_seen_by_the_hours_of_then() {
        let member = |availability| Member {
            availability: Box::new(availability),
            ..Member::new(RepId::new([1; 16]), "ann@us.example".into(), Role::Rep, MemberState::Active)
        };
        let away = Availability { state: AvailabilityState::Away, ..weekdays() };
        let meetings = Availability { hours_for: HoursFor::Meetings, ..weekdays() };
        let always = Availability { hours: Some(every_day()), ..Availability::default() };
        let members = [away, meetings, always, Availability::default()].map(member);
        let span = Span { start: monday(0, 0), end: monday(0, 0) + Millis::days(90) };
        for holidays in [None, Some("DE")] {
            let (mut seen, then) = RepsThen::new(&members, holidays, span);
            for quarter in 0..90 * 24 * 4 {
                let at = monday(0, 15 * quarter);
                then.set(&mut seen, at);
                let each = members.iter().map(|member| by_hours(&member.availability, holidays, at));
                assert!(seen.iter().map(|rep| rep.state).eq(each), "{at:?}");
            }
        }
    }

    #[test]
    fn who_has_hours_can_be_booked() {
        let member = |availability| Member {
            availability: Box::new(availability),
            ..Member::new(RepId::new([1; 16]), "ann@us.example".into(), Role::Rep, MemberState::Active)
        };
        let members = [member(weekdays()), member(Availability::default())];
        let seen = reps(&members, &Workloads::new(), None, monday(3, 0));
        assert_eq!(seen.iter().map(|rep| rep.has_calendar).collect::<Vec<_>>(), [true, false]);
    }
}
