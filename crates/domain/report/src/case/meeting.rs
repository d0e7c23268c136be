//! Meetings and statuses of meetings.

use super::{Case, Clock, spells};
use crate::condition::{Condition, Conditions};
use crate::person::{Meeting, Person};
use knock_model::{MeetingState, Millis};
use knock_status::meeting::Canceller;

pub(super) fn meetings<'p>(person: &'p Person, clock: &Clock<'_>, each: &mut dyn FnMut(&Case<'p>)) {
    for meeting in &person.meetings {
        let ahead = meeting.start - meeting.booked_at;
        each(&Case {
            end: Some(meeting.start),
            // A meeting can be entered after it took place.
            measured: Some(ahead).filter(|ahead| *ahead >= Millis(0)),
            rep: Some(meeting.owner),
            link: &meeting.link,
            facts: facts(meeting, clock.now),
            ..Case::new(Some(person.lead), meeting.booked_at)
        });
    }
}

pub(super) fn statuses<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    spells(person, person.meeting.statuses.iter().map(|(status, at)| (status.as_str(), *at)), each);
}

fn facts(meeting: &Meeting, now: Millis) -> Conditions {
    let by_lead = meeting.cancelled_by == Some(Canceller::Lead);
    let facts = Conditions::ANY.with(Condition::Moved, meeting.moves > 0);
    match meeting.state {
        MeetingState::Booked => facts.with(Condition::Unmarked, meeting.end <= now),
        MeetingState::Held => facts.with(Condition::Held, true).with(Condition::Marked, true),
        MeetingState::NoShow => facts.with(Condition::NoShow, true).with(Condition::Marked, true),
        MeetingState::Cancelled => {
            facts.with(Condition::CancelledByLead, by_lead).with(Condition::CancelledByTeam, !by_lead)
        }
    }
}
