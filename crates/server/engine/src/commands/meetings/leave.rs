//! Hands over meetings of a removed or absent rep to free reps of the same pool; the visitor gets one notification.

use super::busy::BusyTimes;
use super::change::{ChangeMeeting, Changed, MeetingChange};
use super::routed::{calendars, calendars_of_rule};
use crate::availability::state;
use crate::changes::Changes;
use crate::commands::meeting_status::settings;
use crate::meeting_pages::all_meetings;
use crate::writer::Command;
use knock_model::{MemberState, Millis, RepId, SignalId};
use knock_ports::{Ledger, Meeting, MeetingQuery, Member, StoreError, View};
use knock_routing::{Reason, RepState};
use knock_status::meeting::Canceller;

/// Hands over the meetings of an owner before `until`: to a successor who is free then, else to a free rep of the pool;
/// meetings without a free rep stay as they are.
pub(in crate::commands) fn hand_over_all(
    ledger: &mut dyn Ledger,
    owner: RepId,
    successor: Option<RepId>,
    until: Millis,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let (from, to, owner) = (Some(now), Some(until), Some(owner));
    let which = MeetingQuery { from, to, owner, ..MeetingQuery::default() };
    for meeting in all_meetings(ledger, &which)? {
        hand_over(ledger, &meeting, successor, now, changes)?;
    }
    Ok(())
}

/// Hands over a meeting whose owner is away now; whether it was handed over.
pub(super) fn hand_over_if_away(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    now: Millis,
    changes: &mut Changes,
) -> Result<bool, StoreError> {
    let (owner, holidays) = (ledger.member(meeting.owner)?, settings(ledger)?.holidays);
    let is_there = owner.is_some_and(|owner| is_there(&owner, holidays.as_deref(), now));
    if is_there { Ok(false) } else { hand_over(ledger, meeting, None, now, changes) }
}

/// Reassigns a meeting to the successor, else to the next rep of the pool by turn, who is free then; whether there was
/// one.
fn hand_over(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    successor: Option<RepId>,
    now: Millis,
    changes: &mut Changes,
) -> Result<bool, StoreError> {
    if !meeting.is_upcoming(now) || meeting.start <= now {
        return Ok(false);
    }
    for rep in successor.into_iter().chain(candidates(ledger, meeting, now)?) {
        let change = ChangeMeeting {
            meeting: meeting.id,
            change: MeetingChange::Reassign(rep),
            by: Canceller::Rep,
            member: None,
            busy: BusyTimes::new(),
            id: handed_over_id(meeting, now),
            now,
        };
        if matches!(change.run(ledger, changes)?, Changed::Done(_)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the other reps of the pool of the meeting, by turn (SC-09).
fn candidates(view: &dyn View, meeting: &Meeting, now: Millis) -> Result<Vec<RepId>, StoreError> {
    let Some(decided) = view.last_meeting_decision(meeting.lead)? else { return Ok(Vec::new()) };
    let (decision, rules) = (&decided.decision, view.rules()?);
    // A rep's own calendar has no pool: its meetings go to those whom the rule names.
    let pool = match decision.reason {
        Reason::OwnCalendar => calendars_of_rule(decision, &rules),
        _ => calendars(decision, &rules),
    };
    let Some(pool) = pool else { return Ok(Vec::new()) };
    let (members, turns, holidays) = (view.members()?, view.booked_turns(now)?, settings(view)?.holidays);
    let is_bookable = |rep: &RepId| {
        let member = members.iter().find(|member| member.id == *rep);
        member.is_some_and(|member| member.availability.hours.is_some() && is_there(member, holidays.as_deref(), now))
    };
    let reps = pool.reps.iter().filter_map(|rep| RepId::parse(rep).ok());
    let mut reps: Vec<RepId> = reps.filter(|rep| !meeting.details.reps.contains(rep) && is_bookable(rep)).collect();
    // The sort is stable: pool order decides between equal turns.
    reps.sort_by_key(|rep| turns.get(rep).map_or((0, None), |turn| (turn.upcoming, turn.last_booked)));
    Ok(reps)
}

fn is_there(member: &Member, holidays: Option<&str>, now: Millis) -> bool {
    member.state == MemberState::Active && state(&member.availability, holidays, now) != RepState::Away
}

/// Returns an id for the fact: the same on every server.
fn handed_over_id(meeting: &Meeting, now: Millis) -> SignalId {
    let mut random = [0; 10];
    random.copy_from_slice(&meeting.id.as_bytes()[..10]);
    SignalId::new(now, &random)
}
