//! Small talk, courtesy, and what the agent says of itself; payment cards and abuse.

use super::talk::Talk;
use crate::act::Act;

use crate::known::{Abuse, Said};
use crate::playbook::Step;
use crate::understood::choices;
use alloc::vec::Vec;

impl Talk<'_, '_> {
    /// Says that the digits of a payment card were hidden. True where the message says nothing else.
    pub(super) fn masked(&mut self) -> bool {
        let known = self.known;
        if self.understood().masked.is_none() {
            return false;
        }
        self.say_step(Step::Card, &[]);
        let is_more = self.understood().acts.iter().any(|act| *act != Act::GivesCardNumber);
        !is_more && !known.is_question && known.answers.is_empty() && known.offered.is_empty() && !self.is_given()
    }

    /// Abuse: one warning, then the last words.
    pub(super) fn abused(&mut self) {
        let step = if self.known.abuse == Abuse::Rejected { Step::LastWords } else { Step::Warning };
        if !self.say_step(step, &[]) {
            self.say_step(Step::Calm, &[]);
        }
    }

    /// Whether the message is small talk: it says nothing that the team is needed for.
    pub(super) fn is_social(&self) -> bool {
        self.social_step().is_some()
    }

    /// Answers small talk; once all texts for it were said, with what is always possible.
    pub(super) fn social(&mut self) -> bool {
        let (Some(act), Some(step)) = (self.social_act(), self.social_step()) else { return false };
        let name = self.understood().name.as_deref().unwrap_or_default();
        // A choice moves a chat on that has no subject yet.
        let is_open = matches!(act, Act::Greeting | Act::GivesName | Act::AsksCapabilities | Act::Noise);
        let may_ask = is_open && step != Step::OkayWaiting && !self.is_given() && !self.has_mistyped_email();
        let asks = may_ask && (self.known.asks || (act == Act::Noise && !self.has_team()));
        let steps = match act {
            Act::Greeting if asks => [Step::Clarify, step],
            // What it is, it says as long as there are words for it.
            Act::AsksBot => [step, Step::Identity],
            Act::AsksIdentity => [step, Step::Bot],
            _ => [step, Step::GoOn],
        };
        let text = steps.iter().find_map(|step| self.unsaid(*step, &[("name", name)]));
        let text = text.unwrap_or_else(|| self.going_on());
        let choices = if asks { choices(self.language()) } else { Vec::new() };
        self.say(Said { choices, ..text.into() });
        self.is_awaited = act == Act::Bye && self.has_team();
        true
    }

    /// Whether the reply says already that the team has the message.
    pub(super) fn is_passed_on(&self) -> bool {
        self.known.absence.is_none() && self.social_step() == Some(Step::OkayWaiting)
    }

    fn social_act(&self) -> Option<Act> {
        // An order to the agent is one wherever it stands in a message.
        if self.does(Act::PromptInjection) { Some(Act::PromptInjection) } else { self.understood().main() }
    }

    fn social_step(&self) -> Option<Step> {
        Some(match self.social_act()? {
            act if act.is_courtesy() && self.known.is_question => return None,
            Act::Ok | Act::Yes | Act::No | Act::GivesName if self.has_team() => Step::OkayWaiting,
            Act::Greeting => Step::Hello,
            Act::Thanks => Step::Thanks,
            Act::Bye => Step::Bye,
            Act::Ok => Step::Okay,
            Act::Yes => Step::Yes,
            Act::No => Step::No,
            Act::AsksBot => Step::Bot,
            Act::AsksIdentity if self.known.speaker.rep.is_some() => Step::IdentityRep,
            Act::AsksIdentity => Step::Identity,
            Act::AsksCapabilities => Step::Capabilities,
            Act::PromptInjection => Step::Injection,
            Act::Noise => Step::Noise,
            Act::GivesName if self.understood().name.is_some() => Step::Name,
            Act::Insult => Step::Calm,
            _ => return None,
        })
    }
}
