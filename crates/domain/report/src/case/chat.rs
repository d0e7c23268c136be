//! Messages, statuses and rejections of a chat.

use super::{Case, spells};
use crate::condition::{Condition, Conditions};
use crate::person::Person;
use crate::record::Voice;
use knock_status::chat::Rejecter;

pub(super) fn rep_messages<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for said in &person.chat.messages {
        match said.by {
            Voice::Rep(rep) => each(&Case { rep: Some(rep), ..Case::new(Some(person.lead), said.at) }),
            Voice::Lead | Voice::Agent => {}
        }
    }
}

pub(super) fn agent_messages<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for said in person.chat.messages.iter().filter(|said| said.by == Voice::Agent) {
        each(&Case::new(Some(person.lead), said.at));
    }
}

pub(super) fn statuses<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    spells(person, person.chat.statuses.iter().map(|(status, at)| (status.as_str(), *at)), each);
}

pub(super) fn rejections<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for rejection in &person.chat.rejections {
        let facts = Conditions::ANY.with(Condition::ByAgent, rejection.by == Rejecter::Ai);
        each(&Case { reason: &rejection.reason, facts, ..Case::new(Some(person.lead), rejection.at) });
    }
}
