//! The calendars of a meeting.

use super::draft::Draft;
use super::{Ask, first_match, owner};
use crate::decision::{Assignee, Decision, Note, Outcome, Reason, SegmentTrouble};
use crate::rule::{CalendarMode, Calendars, MeetingTarget, Segment};
use crate::team::{Rep, Team};
use alloc::vec::Vec;

pub(super) fn decide<'a>(
    mut draft: Draft<'a>,
    reject_private_email: bool,
    segments: &'a [Segment<MeetingTarget>],
    fallback: &MeetingTarget,
    ask: &Ask<'_>,
) -> Decision {
    if ask.lead.text("email").is_none_or(|email| email.trim().is_empty()) {
        return draft.silent(Outcome::Pending, Reason::EmailRequired);
    }
    if ask.lead.is("email.is_disposable") || ask.lead.is("email.is_fake") {
        return draft.silent(Outcome::Disqualified, Reason::SpamEmail);
    }
    if let Some(id) = ask.link.and_then(|link| link.calendar.as_deref()) {
        return own_calendar(draft, ask.team.rep(id));
    }
    if reject_private_email && ask.lead.is("email.is_free") {
        return draft.refused(Outcome::Disqualified, Reason::PrivateEmail);
    }
    let owner = owner::treated(&mut draft, ask.lead, ask.team, true);
    if let Some(rep) = owner.gets {
        return draft.assigned(to_rep(rep), Reason::CrmOwner, None);
    }
    let matched = first_match(segments, |when| when.holds(ask.lead, ask.now));
    if let Some(segment) = matched {
        draft.enter(segment);
        let MeetingTarget::Calendars(calendars) = &segment.target else {
            return draft.refused(Outcome::Disqualified, Reason::SegmentDisqualified);
        };
        if let Some((assignee, reason)) = offer(&mut draft, calendars, ask.team) {
            return draft.assigned(assignee, reason, None);
        }
    }
    draft.enter_fallback();
    match fallback {
        MeetingTarget::Disqualify if matched.is_none() => {
            draft.refused(Outcome::Disqualified, Reason::FallbackDisqualified)
        }
        MeetingTarget::Disqualify => draft.refused(Outcome::Unbookable, Reason::NoCalendar),
        MeetingTarget::Calendars(calendars) => match offer(&mut draft, calendars, ask.team) {
            Some((assignee, _)) => draft.assigned(assignee, Reason::Fallback, None),
            None => draft.refused(Outcome::Unbookable, Reason::NoCalendar),
        },
    }
}

/// The calendar that a rep gave away to this lead: of that rep or of no one else.
fn own_calendar(draft: Draft<'_>, rep: Option<&Rep>) -> Decision {
    match rep.filter(|rep| rep.is_bookable()) {
        Some(rep) => draft.assigned(to_rep(rep), Reason::OwnCalendar, None),
        None => draft.refused(Outcome::Unbookable, Reason::NoCalendar),
    }
}

/// The calendars to offer (RO-06, RR-28, SC-08); none, with a note, when no calendar can be offered.
fn offer(draft: &mut Draft<'_>, calendars: &Calendars, team: &Team) -> Option<(Assignee, Reason)> {
    let Calendars { mode, reps, .. } = calendars;
    let bookable: Vec<&Rep> = reps.iter().filter_map(|id| team.rep(id)).filter(|rep| rep.is_bookable()).collect();
    let is_offered = if *mode == CalendarMode::All { bookable.len() == reps.len() } else { !bookable.is_empty() };
    if !is_offered {
        draft.note_segment(SegmentTrouble::CalendarMissing);
        return None;
    }
    let free = free_at_slot(&bookable, team);
    if free.as_ref().is_some_and(|free| !fills_slot(*mode, free, &bookable)) {
        draft.note(Note::SlotGone);
    }
    let free = free.filter(|free| !free.is_empty());
    Some(match mode {
        CalendarMode::Single => (to_rep(bookable.first()?), Reason::SegmentSingleCalendar),
        CalendarMode::RoundRobin => {
            let next = next_of(free.as_deref().unwrap_or(&bookable))?;
            (to_rep(next), Reason::SegmentRoundRobinCalendar)
        }
        CalendarMode::Any => match free {
            Some(free) => (to_rep(next_of(&free)?), Reason::SegmentAnyCalendarSlot),
            None => (set(*mode, &bookable, false), Reason::SegmentAnyCalendar),
        },
        CalendarMode::All => (set(*mode, &bookable, true), Reason::SegmentAllCalendars),
    })
}

/// Those free at the chosen slot; none when no slot is chosen yet.
fn free_at_slot<'a>(bookable: &[&'a Rep], team: &Team) -> Option<Vec<&'a Rep>> {
    let free = team.free_at_slot.as_ref()?;
    Some(bookable.iter().copied().filter(|rep| free.contains(&rep.id)).collect())
}

/// Whether enough are free at the chosen slot.
fn fills_slot(mode: CalendarMode, free: &[&Rep], bookable: &[&Rep]) -> bool {
    match mode {
        CalendarMode::All => free.len() == bookable.len(),
        CalendarMode::Single | CalendarMode::Any | CalendarMode::RoundRobin => !free.is_empty(),
    }
}

/// Fewest meetings to come, then the longest wait, then pool order (SC-09).
fn next_of<'a>(reps: &[&'a Rep]) -> Option<&'a Rep> {
    reps.iter().copied().min_by_key(|rep| rep.meeting_turn())
}

fn set(mode: CalendarMode, reps: &[&Rep], has_owner: bool) -> Assignee {
    let owner = reps.first().filter(|_| has_owner).map(|rep| rep.id.clone());
    Assignee::CalendarSet { mode, reps: reps.iter().map(|rep| rep.id.clone()).collect(), owner }
}

fn to_rep(rep: &Rep) -> Assignee {
    Assignee::Rep { id: rep.id.clone() }
}
