//! Waits of a lead for a person.

use super::{Case, Clock, episode_of};
use crate::condition::{Condition, Conditions};
use crate::person::Person;
use crate::record::{ChatRecord, Voice, Wait};
use knock_model::{LeadId, Millis};

/// After it a chat is in Rep Reply Needed (CS-05).
const TWO_MINUTES: Millis = Millis(2 * Millis::MINUTE.0);

pub(super) fn first_replies<'p>(person: &'p Person, clock: &Clock<'_>, each: &mut dyn FnMut(&Case<'p>)) {
    for wait in &person.chat.replies {
        each(&case(person.lead, wait, clock));
    }
}

pub(super) fn later_waits<'p>(person: &'p Person, clock: &Clock<'_>, each: &mut dyn FnMut(&Case<'p>)) {
    for wait in person.chat.waits.iter().filter(|wait| is_later(&person.chat, wait.since)) {
        each(&case(person.lead, wait, clock));
    }
}

/// Whether no first reply measures a wait: a person had written in the episode before, or none was assigned to it.
fn is_later(chat: &ChatRecord, since: Millis) -> bool {
    let (begin, end) = episode_of(chat, since);
    let by_rep = |by: Voice| matches!(by, Voice::Rep(_));
    let had_answer = chat.messages.iter().any(|said| by_rep(said.by) && said.at >= begin && said.at < since);
    had_answer || !chat.replies.iter().any(|reply| reply.since >= begin && reply.since < end)
}

fn case(lead: LeadId, wait: &Wait, clock: &Clock<'_>) -> Case<'static> {
    // An answer is of the rep that gave it, a wait without one of the rep that had the chat.
    let rep = wait.answered_by.or(wait.rep);
    let answered = wait.answered_by.and(wait.ended_at);
    let length = clock.calendars.between(clock.kind, rep, wait.since, wait.ended_at.unwrap_or(clock.now));
    let facts = Conditions::ANY
        .with(Condition::Answered, answered.is_some())
        .with(Condition::InTwoMinutes, answered.is_some() && length <= TWO_MINUTES)
        .with(Condition::Decided, wait.ended_at.is_some() || length > TWO_MINUTES)
        .with(Condition::Unanswered, answered.is_none());
    Case { end: answered, measured: answered.map(|_| length), rep, facts, ..Case::new(Some(lead), wait.since) }
}
