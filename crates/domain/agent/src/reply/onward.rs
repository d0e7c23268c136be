//! The course of a chat: what it is about, the handover, questions that help, waiting.

use super::away;
use super::talk::Talk;
use crate::known::{Absence, Said};
use crate::playbook::Step;
use crate::team_size::{asks_team_size, names_team_size};
use crate::understood::choices;
use crate::words::moment;
use alloc::string::String;
use knock_model::CardKind;

impl Talk<'_, '_> {
    /// The next step of a chat where the message itself decides nothing.
    pub(super) fn onward(&mut self) {
        if self.known.asks {
            self.confirm();
            // One thing is asked at a time.
            if !self.has_mistyped_email() {
                self.clarify();
            }
        } else if self.known.is_handed_over {
            self.handover();
        } else if let Some(text) = self.further() {
            self.say(text);
        // A meeting that is offered, an address and a number are answered below.
        } else if !self.known.offers_meeting && !self.has_contact() {
            self.is_awaited = self.known.nth > 1;
            let text = self.waiting();
            self.say(text);
        }
    }

    /// Asks what the chat is about.
    fn clarify(&mut self) {
        let step = if self.known.speaker.said.len() > 1 { Step::ClarifyAgain } else { Step::Clarify };
        let text = self.unsaid(step, &[]).unwrap_or_else(|| self.going_on());
        self.say(Said { choices: choices(self.language()), ..text.into() });
    }

    /// To a rep with the time it usually takes; the agent that has the chat begins with what helps.
    pub(super) fn handover(&mut self) {
        let text = if self.known.absence.is_some() {
            if self.absent() {
                return;
            }
            None
        } else if self.known.is_agents {
            self.apply().or_else(|| self.qualify())
        } else {
            self.unsaid_with_wait(Step::Handover)
        };
        let text = text.unwrap_or_else(|| self.waiting());
        self.say(text);
    }

    /// Says that no member is available, and when the first returns; false once that was said, and while one is
    /// available.
    pub(super) fn absent(&mut self) -> bool {
        let text = match &self.known.absence {
            None => return false,
            Some(Absence::Until(at)) => {
                let when = moment(self.language(), at);
                self.unsaid(Step::Back, &[("when", &when)])
            }
            Some(Absence::Busy) => self.unsaid(Step::Busy, &[]),
            Some(Absence::Unknown) => self.unsaid(Step::Unavailable, &[]),
            Some(Absence::OfRep) => away(&self.known.speaker, self.known.sends_mail),
        };
        self.is_awaited = true;
        let is_said = text.is_some();
        self.said.extend(text.map(Said::from));
        is_said
    }

    /// A useful addition: that there is no answer yet, questions of the playbook.
    fn further(&mut self) -> Option<String> {
        let unanswered = if self.known.is_question { self.unsaid(Step::Unanswered, &[]) } else { None };
        if unanswered.is_some() {
            self.is_awaited = true;
            return unanswered;
        }
        if self.has_contact() {
            return None;
        }
        // One thing is asked at a time.
        let qualify = || if self.known.offers_meeting { None } else { self.qualify() };
        if !self.known.is_agents {
            return qualify();
        }
        let email = || if self.may_ask_email() { self.unsaid(Step::Email, &[]) } else { None };
        self.apply().or_else(qualify).or_else(email).or_else(|| self.unsaid(Step::Close, &[]))
    }

    /// The next question that helps to answer. One for the size of the team is left out once the lead has said it: what
    /// else it asks is a text of its own.
    fn qualify(&self) -> Option<String> {
        let next = self.unsaid(Step::Qualify, &[])?;
        if !asks_team_size(&next) || !self.known.written.iter().any(|text| names_team_size(text)) {
            return Some(next);
        }
        let is_other = |text: &str| !asks_team_size(text);
        self.unsaid(Step::QualifySized, &[]).or_else(|| self.unsaid_such(Step::Qualify, is_other))
    }

    /// The page of open positions.
    fn apply(&self) -> Option<String> {
        match self.known.careers {
            Some(page) => self.unsaid(Step::Apply, &[("page", page)]),
            None => self.unsaid(Step::ApplyUnknown, &[]),
        }
    }

    /// A meeting is offered, below whatever else is said.
    pub(super) fn meeting(&mut self) {
        if self.known.offers_meeting {
            let text = self.unsaid(Step::Meeting, &[]).unwrap_or_else(|| self.waiting());
            self.say(Said { card: Some(CardKind::Meeting), ..text.into() });
        }
    }
}
