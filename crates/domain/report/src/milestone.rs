//! When a person reached the steps to a deal.

use crate::person::Person;
use crate::population::Milestone;
use crate::record::Voice;
use knock_model::{MeetingState, Millis, RepId};
use knock_status::meeting::MeetingStatus;

/// The instant at which a person reached a step; none where they did not.
pub(crate) fn reached(person: &Person, step: Milestone) -> Option<Millis> {
    match step {
        Milestone::Seen => Some(person.first_seen_at),
        Milestone::Wrote => wrote(person),
        Milestone::Answered => answer(person).map(|(at, _)| at),
        Milestone::Qualified => {
            let all = [person.meeting.qualified_at, booked(person), person.chat.deal_at];
            all.into_iter().flatten().min()
        }
        Milestone::Booked => booked(person),
        Milestone::Held => {
            let held = person.meetings.iter().filter(|meeting| meeting.state == MeetingState::Held);
            held.map(|meeting| meeting.start).min()
        }
        Milestone::Deal => person.chat.deal_at,
    }
}

/// The rep of the first answer to a person.
pub(crate) fn first_rep(person: &Person) -> Option<RepId> {
    answer(person).map(|(_, rep)| rep)
}

fn wrote(person: &Person) -> Option<Millis> {
    let own = person.chat.messages.iter().filter(|said| said.by == Voice::Lead);
    own.map(|said| said.at).min()
}

/// The first message of a rep after the person wrote.
fn answer(person: &Person) -> Option<(Millis, RepId)> {
    let wrote = wrote(person)?;
    let by_reps = person.chat.messages.iter().filter_map(|said| match said.by {
        Voice::Rep(rep) => Some((said.at, rep)),
        Voice::Lead | Voice::Agent => None,
    });
    by_reps.filter(|(at, _)| *at >= wrote).min_by_key(|(at, _)| *at)
}

/// The status knows of bookings whose meetings were merged away or forgotten.
fn booked(person: &Person) -> Option<Millis> {
    let meetings = person.meetings.iter().map(|meeting| meeting.booked_at);
    let statuses = person.meeting.statuses.iter().filter(|(status, _)| *status == MeetingStatus::Booked);
    meetings.chain(statuses.map(|(_, at)| *at)).min()
}
