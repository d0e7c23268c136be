//! Responses to an answer of the lead to what the agent asked.

use super::asked::is_none_of_these;
use super::talk::Talk;
use crate::act::Act;
use crate::known::Asked;
use crate::playbook::Step;

impl Talk<'_, '_> {
    /// Responds to what the message answers; false where it answers nothing that was asked.
    pub(super) fn response(&mut self) -> bool {
        match &self.known.asked {
            Some(Asked::Helped) => self.on_helped(),
            Some(Asked::Offered) if is_none_of_these(self.understood()) => {
                self.not_helped(Step::Unanswered);
                true
            }
            Some(Asked::Email) => self.on_email(),
            Some(Asked::MeantEmail(email)) => self.on_meant_email(email),
            Some(Asked::Phone) => self.on_phone(),
            Some(Asked::Purpose | Asked::Offered) | None => false,
        }
    }

    fn on_helped(&mut self) -> bool {
        let is_thanked = self.does(Act::Thanks) || self.does(Act::Ok);
        match self.affirmed() {
            Some(false) => {
                self.not_helped(Step::NotHelped);
                true
            }
            Some(true) => self.say_step(Step::Glad, &[]),
            None => is_thanked && self.say_step(Step::Glad, &[]),
        }
    }

    /// No answer fits: the team has the question by now, or the agent asks for other words.
    fn not_helped(&mut self, step: Step) {
        if !self.has_team() {
            let text = self.unsaid(Step::Rephrase, &[]).unwrap_or_else(|| self.going_on());
            self.say(text);
        } else if !self.absent() {
            let text = self.unsaid_with_wait(step).unwrap_or_else(|| self.waiting());
            self.is_awaited = !self.is_given();
            self.say(text);
        }
    }

    fn on_email(&mut self) -> bool {
        match self.affirmed() {
            _ if self.understood().email.is_some() => false,
            Some(true) => self.say_step(Step::EmailAgain, &[]),
            Some(false) if !self.known.is_question => self.refused(),
            _ => false,
        }
    }

    /// No address and no number: the answer waits on the page, where one is to come.
    fn refused(&mut self) -> bool {
        let step = if self.has_team() { Step::Refused } else { Step::No };
        self.say_step(step, &[])
    }

    fn on_meant_email(&mut self, email: &str) -> bool {
        match self.affirmed() {
            // "No, it is jo@example.org."
            _ if self.understood().email.is_some() => false,
            Some(true) => self.thanks_for_email(email),
            Some(false) => self.say_step(Step::EmailAgain, &[]),
            None => false,
        }
    }

    fn on_phone(&mut self) -> bool {
        match self.affirmed() {
            _ if self.understood().phone.is_some() => self.phone(),
            Some(true) => self.say_step(Step::AskPhone, &[]),
            Some(false) if !self.known.is_question => self.refused(),
            _ => false,
        }
    }
}
