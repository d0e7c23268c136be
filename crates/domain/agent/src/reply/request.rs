//! Requests: for a person, a call, opening hours, another time of a meeting, one's data; complaints; other languages.

use super::talk::Talk;
use crate::act::{Act, Spoken};
use crate::known::Presence;
use crate::playbook::Step;
use crate::words::{ago, foreign, moment};
use alloc::string::String;

impl Talk<'_, '_> {
    /// Says in the lead's own language which ones the agent speaks, once; false where it speaks theirs.
    pub(super) fn foreign(&mut self) -> bool {
        let Some(Spoken::Foreign(language)) = self.understood().spoken else { return false };
        let text = foreign(language);
        let is_new = !self.known.speaker.said.contains(&text);
        let text = if is_new { String::from(text) } else { self.waiting() };
        self.say(text);
        true
    }

    /// Does what the message requests; false where it requests nothing of this.
    pub(super) fn request(&mut self) -> bool {
        let is_waiting = self.is_waiting();
        if self.does(Act::AsksHuman) {
            self.human(is_waiting);
            return true;
        }
        if self.request_of_contact() || self.meeting_page() {
            return true;
        }
        if self.does(Act::AsksHours) {
            return (is_waiting && self.still_asked()) || self.hours();
        }
        if self.does(Act::Complaint) || self.does(Act::AsksPrivacy) {
            return self.concern();
        }
        // "Hello?"
        is_waiting && self.does(Act::Greeting) && self.still_asked()
    }

    /// The same below an answer of the knowledge, which opening hours need no other one beside.
    pub(super) fn request_beside_answers(&mut self) -> bool {
        if self.does(Act::AsksHuman) {
            self.human(self.is_waiting());
            return true;
        }
        let is_concern = self.does(Act::Complaint) || self.does(Act::AsksPrivacy);
        self.request_of_contact()
            || (self.known.meeting_page.is_some() && self.meeting_page())
            || (is_concern && self.concern())
    }

    /// Whether the lead waited for a member before this message.
    fn is_waiting(&self) -> bool {
        self.known.waited.is_some() && !self.known.is_handed_over
    }

    fn human(&mut self, is_waiting: bool) {
        if (is_waiting && self.still_asked()) || self.absent() {
            return;
        }
        let text = self.unsaid_with_wait(Step::Human).unwrap_or_else(|| self.waiting());
        // Who was asked just now may answer at once.
        self.is_awaited = !self.is_given() && self.known.nth > 1;
        self.say(text);
    }

    /// When the member was asked for whom the lead waits; or when one is back, once.
    fn still_asked(&mut self) -> bool {
        let Some(waited) = self.known.waited else { return false };
        self.is_awaited = true;
        let time = ago(self.language(), waited);
        self.absent() || self.say_step(Step::StillAsked, &[("ago", &time)])
    }

    fn hours(&mut self) -> bool {
        // When the team is back is in the handover then.
        if self.is_given() && self.absent() {
            return true;
        }
        let is_said = self.opening();
        if is_said && self.is_given() {
            self.handover();
        }
        is_said
    }

    fn opening(&mut self) -> bool {
        if self.known.presence == Presence::Here {
            return self.say_step(Step::HoursHere, &[]);
        }
        match self.back() {
            Some(at) => {
                let when = moment(self.language(), at);
                self.say_step(Step::HoursBack, &[("when", &when)])
            }
            None => self.say_step(Step::HoursUnknown, &[]),
        }
    }

    /// A call is wanted, or a number is given for one.
    fn request_of_contact(&mut self) -> bool {
        let is_call = self.does(Act::CallMe);
        if self.understood().phone.is_some() && (is_call || self.understood().main() == Some(Act::GivesPhone)) {
            return self.phone();
        }
        if is_call && (self.has_said(Step::AskPhone) || !self.say_step(Step::AskPhone, &[])) {
            self.human(self.is_waiting());
        }
        is_call
    }

    /// Confirms the number, and says when somebody has it.
    pub(super) fn phone(&mut self) -> bool {
        let Some(phone) = &self.understood().phone else { return false };
        let number = ("phone", phone.as_str());
        let back = self.back().map(|at| moment(self.language(), at));
        let is_said = match &back {
            _ if self.known.presence == Presence::Here => self.say_step(Step::PhoneHere, &[number]),
            Some(when) => self.say_step(Step::PhoneBack, &[number, ("when", when)]),
            None => false,
        };
        is_said || self.say_step(Step::Phone, &[number])
    }

    /// A meeting is to be moved or cancelled.
    fn meeting_page(&mut self) -> bool {
        if !self.does(Act::RescheduleMeeting) && !self.does(Act::CancelMeeting) {
            return false;
        }
        match self.known.meeting_page {
            Some(page) => self.say_step(Step::MoveMeeting, &[("page", page)]),
            None => self.passed_on(Step::NoMeeting),
        }
    }

    /// A complaint, or a wish about the lead's data: the team has it, and when it can answer.
    fn concern(&mut self) -> bool {
        if self.does(Act::Complaint) {
            return self.passed_on(Step::Sorry);
        }
        let is_said = self.passed_on(Step::Privacy);
        // No more data is asked for.
        self.is_awaited = false;
        is_said
    }

    /// Says that the team has it, and when it is back.
    fn passed_on(&mut self, step: Step) -> bool {
        self.is_awaited = !self.is_given();
        let is_said = self.say_step(step, &[]);
        let is_absent = self.absent();
        is_said || is_absent
    }
}
