//! Replies of the agent: what it says to a message, in which order.

mod answer;
mod asked;
mod contact;
mod onward;
mod request;
mod response;
mod sentence;
mod social;
mod talk;

pub(crate) use asked::{affirmed, is_none_of_these};
pub use asked::{asked, none_of_these, yes_or_no};

use crate::known::{Abuse, Known, Said, Speaker};
use crate::language::Language;
use crate::playbook::{Playbooks, Step};
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::catalogue::filled;
use knock_routing::AgentKind;
use talk::Talk;

/// The first words of a chat; the agent says what it is.
pub fn greeting(playbooks: &Playbooks, language: Language, workspace: &str, has_knowledge: bool) -> String {
    let step = if has_knowledge { Step::Greeting } else { Step::GreetingEmpty };
    let texts = playbooks.texts(AgentKind::General, language, step);
    texts.first().map_or_else(String::new, |text| filled(text, &[("workspace", workspace)]))
}

/// The agent's message when no rep has answered for a while; none if it has said all of that before. It names an
/// address, or asks for one, only where the workspace sends mail.
pub fn away(speaker: &Speaker<'_>, sends_mail: bool) -> Option<String> {
    let step = match speaker.email {
        _ if !sends_mail => Step::AwayKept,
        Some(_) => Step::AwayEmail,
        None if speaker.has_said(Step::Email) => Step::AwayKept,
        None => Step::Away,
    };
    speaker.unsaid(step, &[])
}

/// Whether what the speaker said names the absence of the team, so that [`away`] would say it again.
pub fn says_absence(speaker: &Speaker<'_>) -> bool {
    [Step::Back, Step::Busy, Step::Unavailable].iter().any(|step| speaker.has_said(*step))
}

/// The agent's answer to a message: never empty, and never word for word an earlier one. At most five messages.
pub fn reply(known: &Known<'_>) -> Vec<Said> {
    let mut talk = Talk::new(known);
    if known.is_rejected {
        talk.say_step(Step::Rejected, &[]);
        return talk.end();
    }
    if known.abuse != Abuse::None {
        talk.abused();
        return talk.end();
    }
    if !talk.masked() {
        talk.decide();
        talk.contact();
        talk.meeting();
    }
    talk.end()
}

impl Talk<'_, '_> {
    /// What the message is about decides: the knowledge, what was asked, a request, small talk, else the course of a chat.
    fn decide(&mut self) {
        if self.answers() {
            let has_request = self.request_beside_answers();
            if !has_request && self.is_given() {
                self.handover();
            } else if !has_request {
                self.helped();
            }
            return;
        }
        if self.response() || self.foreign() || self.request() || self.offered() {
            return;
        }
        if !self.social() {
            self.onward();
        } else if self.is_given() && !self.is_passed_on() {
            self.handover();
            // Small talk asks for nothing.
            self.is_awaited = false;
        }
    }
}

#[cfg(test)]
mod tests;
