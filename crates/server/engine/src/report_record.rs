//! What reports keep of the facts about a lead's meetings.

use knock_model::{MeetingId, Millis};
use knock_ports::MeetingFact;
use knock_report::MeetingRecord;
use knock_status::meeting::{Derived, Event};

/// Returns the way of a lead to a meeting from the facts about it that had arrived by `now`, and the state derived from
/// them.
pub(crate) fn meeting_record(facts: &[MeetingFact], derived: &Derived, now: Millis) -> MeetingRecord {
    let qualified_at = MeetingRecord::qualified_at(facts, now);
    MeetingRecord { moves: moves(facts, now), ..MeetingRecord::of(derived, qualified_at) }
}

/// Returns the meeting of each change of a time or an owner, sorted. The number of changes of the meeting itself counts
/// others too, such as the address of its conference.
fn moves(facts: &[MeetingFact], now: Millis) -> Vec<MeetingId> {
    let known = facts.iter().filter(|fact| fact.received_at <= now);
    let moved = known.filter_map(|fact| match &fact.what {
        Event::Rescheduled { meeting, .. } => MeetingId::parse(meeting).ok(),
        Event::LinkClicked
        | Event::Activity
        | Event::EmailSubmitted(_)
        | Event::Abandoned
        | Event::Booked { .. }
        | Event::Cancelled { .. }
        | Event::SpamReversed => None,
    });
    let mut moved: Vec<MeetingId> = moved.collect();
    moved.sort();
    moved
}
