//! Episodes of a chat: which part the agent had, and which part people.

use super::{Case, episode_of};
use crate::condition::{Condition, Conditions};
use crate::person::Person;
use crate::record::{ChatRecord, Voice};
use knock_model::Millis;
use knock_status::chat::ChatStatus;

pub(super) fn episodes<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for begin in &person.chat.episodes {
        let facts = facts(&person.chat, *begin);
        // Between messages of people and the agent no time is of either alone.
        let measured = facts.holds(Condition::Alone).then(|| length(&person.chat, *begin));
        each(&Case { measured, facts, ..Case::new(Some(person.lead), *begin) });
    }
}

fn facts(chat: &ChatRecord, begin: Millis) -> Conditions {
    let (_, end) = episode_of(chat, begin);
    let within = |at: Millis| at >= begin && at < end;
    let agent = agent_from(chat, within);
    let by_rep = |said_by: Voice| matches!(said_by, Voice::Rep(_));
    let mut wrote = chat.messages.iter().filter(|said| by_rep(said.by) && within(said.at));
    let mut awaited = chat.waits.iter().filter(|wait| within(wait.since));
    let is_alone = wrote.clone().next().is_none() && awaited.clone().next().is_none();
    let is_handed_over = agent.is_some_and(|from| {
        wrote.any(|said| said.at >= from) || awaited.any(|wait| wait.ended_at.is_none_or(|ended| ended >= from))
    });
    let facts = Conditions::ANY.with(Condition::Alone, agent.is_some() && is_alone);
    facts.with(Condition::HandedOver, is_handed_over)
}

/// The time from its begin to its last message.
fn length(chat: &ChatRecord, begin: Millis) -> Millis {
    let (_, end) = episode_of(chat, begin);
    let messages = chat.messages.iter().map(|said| said.at).filter(|at| *at >= begin && *at < end);
    messages.max().map_or(Millis(0), |last| last - begin)
}

/// The instant from which the agent had part in it; none where it had none.
fn agent_from(chat: &ChatRecord, within: impl Fn(Millis) -> bool) -> Option<Millis> {
    let messages = chat.messages.iter().filter(|said| said.by == Voice::Agent).map(|said| said.at);
    let statuses = chat.statuses.iter().filter(|(status, _)| *status == ChatStatus::AiDiscovery).map(|(_, at)| *at);
    messages.chain(statuses).filter(|at| within(*at)).min()
}
