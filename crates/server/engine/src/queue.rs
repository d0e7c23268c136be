//! Leads whom no one can take now: for whom they wait, and until when (7.1).

use crate::availability::{Workloads, at_work_from, is_full, next_available, state};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_agent::{Absence, Moment, Presence};
use knock_model::{HoursFor, MemberState, Millis, Permission, RepId};
use knock_ports::{Member, StoreError, View, Wait};
use knock_routing::{Decision, Outcome, RepState};
use knock_scheduling::zone;
use knock_wire::Availability;

/// The members for whom a lead waits, with all that decides when they can take it.
pub(crate) struct Awaited {
    members: Vec<Member>,
    loads: Workloads,
    /// The public holidays of the workspace.
    holidays: Option<String>,
    now: Millis,
}

impl Awaited {
    /// The members for whom a waiting lead waits, by the decision about it; no one for another decision.
    pub(crate) fn load(view: &dyn View, decision: &Decision, now: Millis) -> Result<Awaited, StoreError> {
        let awaited: Vec<RepId> = decision.awaits().filter_map(|rep| RepId::parse(rep).ok()).collect();
        let members = if awaited.is_empty() { Vec::new() } else { view.members()? };
        let members: Vec<Member> = members.into_iter().filter(|member| awaited.contains(&member.id)).collect();
        let is_limited = members.iter().any(|member| member.availability.capacity.is_some());
        let loads = if is_limited { view.workloads(now)? } else { Workloads::new() };
        let holidays = if members.is_empty() { None } else { view.meeting_settings()?.holidays };
        Ok(Awaited { members, loads, holidays, now })
    }

    /// The instant after now at which the first of them may take the lead, as far as it is known; a change of a member,
    /// of the rules or of a chat may come earlier.
    pub(crate) fn next(&self) -> Option<Millis> {
        let next = |member| next_available(member, &self.loads, self.holidays.as_deref(), self.now);
        self.members.iter().filter_map(next).min()
    }

    /// Why none of them can answer now. `visitor` is the time zone of the visitor, empty if it is not known.
    pub(crate) fn absence(&self, visitor: &str) -> Absence {
        let at_work = |member: &Member| at_work_from(&member.availability, self.holidays.as_deref(), self.now);
        let back = self.members.iter().filter_map(|member| Some((at_work(member)?, member)));
        match back.min_by_key(|(at, _)| *at) {
            Some((at, member)) if at <= self.now && is_full(member, &self.loads, self.now) => Absence::Busy,
            Some((at, member)) if self.now < at => {
                moment(at, self.now, visitor, member).map_or(Absence::Unknown, Absence::Until)
            }
            Some(_) | None => Absence::Unknown,
        }
    }
}

/// When a member is there, or anybody who answers chats without one: at work by working hours or with an open dashboard,
/// else the first return. `visitor` is the time zone of the visitor, empty if it is not known.
pub(crate) fn presence(
    view: &dyn View,
    member: Option<&str>,
    now: Millis,
    visitor: &str,
) -> Result<Presence, StoreError> {
    let answers = |one: &Member| one.state == MemberState::Active && one.role.may(Permission::UseInbox);
    let is_such = |one: &Member| answers(one) && member.is_none_or(|member| one.id.to_string() == member);
    let (members, holidays) = (view.members()?, view.meeting_settings()?.holidays);
    let members: Vec<Member> = members.into_iter().filter(is_such).collect();
    for one in &members {
        let Availability { hours, hours_for, .. } = &*one.availability;
        let has_hours = hours.is_some() && *hours_for != HoursFor::Meetings;
        let is_active = state(&one.availability, holidays.as_deref(), now) == RepState::Active;
        // Without hours, being available is no more than the default.
        if is_active && (has_hours || view.presence(one.id)?.is_some_and(|until| now < until)) {
            return Ok(Presence::Here);
        }
    }
    let at_work = |one: &Member| at_work_from(&one.availability, holidays.as_deref(), now).filter(|at| now < *at);
    let first = members.iter().filter_map(|one| Some((at_work(one)?, one))).min_by_key(|(at, _)| *at);
    let back = first.and_then(|(at, one)| moment(at, now, visitor, one));
    Ok(back.map_or(Presence::Unknown, Presence::Back))
}

/// When a member is back at work; none while they work, and where it is not known.
pub(crate) fn back_at(member: &Member, holidays: Option<&str>, now: Millis, visitor: &str) -> Option<Moment> {
    let at = at_work_from(&member.availability, holidays, now).filter(|at| now < *at)?;
    moment(at, now, visitor, member)
}

/// A moment by the clock of the visitor, else by that of the member, whose zone it then names.
fn moment(at: Millis, now: Millis, visitor: &str, member: &Member) -> Option<Moment> {
    let visitors = Some(visitor).filter(|name| !name.is_empty()).and_then(|name| zone(name).ok());
    let own = || member.availability.hours.as_ref().map(|hours| hours.zone.clone());
    let (zone, named) = match visitors {
        Some(zone) => (zone, None),
        None => {
            let name = own().unwrap_or_else(|| "UTC".to_owned());
            (zone(&name).ok()?, Some(name))
        }
    };
    let (at, today) = (local(&zone, at)?, local(&zone, now)?.date());
    Some(Moment {
        days: (at.date() - today).get_days(),
        weekday: at.weekday().to_monday_one_offset().unsigned_abs(),
        day: at.day().unsigned_abs(),
        month: at.month().unsigned_abs(),
        hour: at.hour().unsigned_abs(),
        minute: at.minute().unsigned_abs(),
        zone: named,
    })
}

fn local(zone: &TimeZone, at: Millis) -> Option<jiff::civil::DateTime> {
    Some(zone.to_datetime(Timestamp::from_millisecond(at.0).ok()?))
}

/// The members who are notified of a lead that waits for the team by a decision: those who can take it later, and all who
/// manage the team; the whole team where the rule names no one. None where the decision is another.
pub(crate) fn audience(view: &dyn View, decision: Option<&Decision>) -> Result<Option<Vec<RepId>>, StoreError> {
    let Some(decision) = decision.filter(|decision| decision.outcome == Outcome::Waiting) else { return Ok(None) };
    let awaited: Vec<RepId> = decision.awaits().filter_map(|rep| RepId::parse(rep).ok()).collect();
    let is_notified = |member: &Member| {
        awaited.is_empty() || member.role.may(Permission::EditRouting) || awaited.contains(&member.id)
    };
    let recipients =
        view.members()?.into_iter().filter(|member| member.state == MemberState::Active && is_notified(member));
    Ok(Some(recipients.map(|member| member.id).collect()))
}

/// The waits that a member is notified of: of their own chats, of unassigned ones, and of those that no one can take now and
/// they can later, or manage; the longest first.
///
/// # Errors
/// When the store fails.
pub fn waits_of(view: &dyn View, member: RepId, limit: u32) -> Result<Vec<Wait>, StoreError> {
    let mut waits = Vec::new();
    for wait in view.waits_for(member, limit)? {
        let decided = if wait.is_queued { view.last_decision(wait.lead)? } else { None };
        let recipients = audience(view, decided.as_ref().map(|decided| &decided.decision))?;
        if recipients.is_none_or(|recipients| recipients.contains(&member)) {
            waits.push(wait);
        }
    }
    Ok(waits)
}
