//! Forms of a lead, with the answer of a rep and the meeting after them.

use super::{Case, Clock};
use crate::condition::{Condition, Conditions};
use crate::person::Person;
use crate::record::{ChatRecord, Voice};
use knock_model::{Millis, RepId};

pub(super) fn forms<'p>(person: &'p Person, clock: &Clock<'_>, each: &mut dyn FnMut(&Case<'p>)) {
    for sent in &person.chat.forms {
        let answer = answer(&person.chat, *sent);
        let booked = person.meetings.iter().any(|meeting| meeting.booked_at >= *sent);
        let facts = Conditions::ANY.with(Condition::Answered, answer.is_some()).with(Condition::Booked, booked);
        each(&Case {
            end: answer.map(|(at, _)| at),
            measured: answer.map(|(at, rep)| clock.calendars.between(clock.kind, Some(rep), *sent, at)),
            rep: answer.map(|(_, rep)| rep),
            facts,
            ..Case::new(Some(person.lead), *sent)
        });
    }
}

/// The first message of a rep at or after an instant, whatever the lead wrote in between.
fn answer(chat: &ChatRecord, sent: Millis) -> Option<(Millis, RepId)> {
    let by_reps = chat.messages.iter().filter_map(|said| match said.by {
        Voice::Rep(rep) => Some((said.at, rep)),
        Voice::Lead | Voice::Agent => None,
    });
    by_reps.filter(|(at, _)| *at >= sent).min_by_key(|(at, _)| *at)
}
