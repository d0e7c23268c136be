//! Ways to the lead: the address and the number they give, and the one request for an address.

use super::asked::yes_and_no;
use super::talk::{MOST_SAID, Talk};
use crate::act::Act;
use crate::known::{Presence, Said};
use crate::playbook::Step;

impl Talk<'_, '_> {
    /// Whether the message gives an address or a number.
    pub(super) fn has_contact(&self) -> bool {
        self.known.is_email_new || self.has_mistyped_email() || self.understood().phone.is_some()
    }

    /// Whether the address in the message is probably meant otherwise.
    pub(super) fn has_mistyped_email(&self) -> bool {
        let is_known = |email: &str| self.known.speaker.email == Some(email);
        let email = self.understood().email.as_ref();
        email.is_some_and(|email| !email.is_as_typed && !is_known(&email.email.to_text()))
    }

    /// Confirms what the lead gives, or asks them for an address: last, and only one of these.
    pub(super) fn contact(&mut self) {
        let is_full = self.said.len() + usize::from(self.known.offers_meeting) >= MOST_SAID;
        if is_full || self.said.iter().any(|said| !said.choices.is_empty()) {
            return;
        }
        if self.has_mistyped_email() {
            self.ask_meant();
        } else if self.confirm() {
            // One of these is enough.
        } else if self.is_awaited && !self.known.offers_meeting {
            self.way_back();
        }
    }

    /// Confirms a new address or a number, where this reply does not yet; false where the message gives none.
    pub(super) fn confirm(&mut self) -> bool {
        let says = |steps: &[Step]| steps.iter().any(|step| self.says(*step));
        if self.known.is_email_new {
            let is_said = says(&[Step::EmailThanks, Step::EmailKept]);
            // Without mail an address is none that an answer reaches, but it is confirmed all the same.
            let typed = self.understood().email.as_ref().map(|email| email.email.to_text());
            let email = self.known.speaker.email.or(typed.as_deref()).unwrap_or_default();
            return is_said || self.thanks_for_email(email);
        }
        let is_said = says(&[Step::Phone, Step::PhoneHere, Step::PhoneBack]);
        self.understood().phone.is_some() && (is_said || self.phone())
    }

    /// A way to an answer that is still to come: an address where mail is sent, else this page.
    fn way_back(&mut self) {
        let is_there = self.known.presence == Presence::Here;
        let is_leaving = self.does(Act::Bye);
        if self.known.sends_mail && !is_leaving {
            if self.may_ask_email() && !is_there && !self.says(Step::AskPhone) {
                self.say_step(Step::Email, &[]);
            }
        } else if !self.known.sends_mail || self.known.speaker.email.is_none() {
            let known = [Step::ComeBack, Step::EmailKept, Step::AwayKept, Step::Refused];
            if !is_there && !known.iter().any(|step| self.has_said(*step)) {
                self.say_step(Step::ComeBack, &[]);
            }
        }
    }

    /// Whether an address may be asked for: where mail reaches it, once.
    pub(super) fn may_ask_email(&self) -> bool {
        let is_asked = [Step::Email, Step::Away, Step::Refused].iter().any(|step| self.has_said(*step));
        self.known.sends_mail && self.known.speaker.email.is_none() && !is_asked
    }

    /// Asks whether the address is meant that was probably mistyped.
    fn ask_meant(&mut self) {
        let Some(meant) = &self.understood().email else { return };
        let email = meant.email.to_text();
        match self.unsaid(Step::MeantEmail, &[("email", &email)]) {
            Some(text) => self.say(Said { choices: yes_and_no(self.language()), ..text.into() }),
            None => {
                self.say_step(Step::EmailAgain, &[]);
            }
        }
    }

    /// Confirms an address: that the answer reaches it only where mail is sent.
    pub(super) fn thanks_for_email(&mut self, email: &str) -> bool {
        let step = if self.known.sends_mail { Step::EmailThanks } else { Step::EmailKept };
        self.say_step(step, &[("email", email)])
    }
}
