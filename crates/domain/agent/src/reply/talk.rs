//! A reply while it is made: which texts are left, and whom the chat is with.

use super::sentence::{is_made_of, sentence};
use crate::act::{Act, Understood};
use crate::known::{Absence, Known, Moment, Presence, Said, Speaker};
use crate::language::Language;
use crate::playbook::Step;
use crate::words::{span, word};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::catalogue::Places;

/// Messages of a reply, at most.
pub(super) const MOST_SAID: usize = 5;

/// A reply in the making.
pub(super) struct Talk<'k, 'a> {
    pub(super) known: &'k Known<'a>,
    pub(super) said: Vec<Said>,
    /// Whether it says that an answer is still to come, so that a way to it may be asked for.
    pub(super) is_awaited: bool,
}

impl<'k, 'a> Talk<'k, 'a> {
    pub(super) fn new(known: &'k Known<'a>) -> Talk<'k, 'a> {
        Talk { known, said: Vec::new(), is_awaited: false }
    }

    /// The messages; the one that is always possible where there is none.
    pub(super) fn end(mut self) -> Vec<Said> {
        if self.said.is_empty() {
            let text = if self.is_social() { self.going_on() } else { self.waiting() };
            self.say(text);
        }
        self.said
    }

    pub(super) fn say(&mut self, said: impl Into<Said>) {
        self.said.push(said.into());
    }

    /// Says the next text of a step; false if all of them were said.
    pub(super) fn say_step(&mut self, step: Step, more: &Places<'_>) -> bool {
        let text = self.unsaid(step, more);
        let is_said = text.is_some();
        self.said.extend(text.map(Said::from));
        is_said
    }

    /// The first text of a step that was not said yet, word for word.
    pub(super) fn unsaid(&self, step: Step, more: &Places<'_>) -> Option<String> {
        self.first(step, more, |text| self.is_new(text))
    }

    /// The first of those texts of a step that are such and were not said yet.
    pub(super) fn unsaid_such(&self, step: Step, is_such: impl Fn(&str) -> bool) -> Option<String> {
        self.first(step, &[], |text| is_such(text) && self.is_new(text))
    }

    /// A text with the time that an answer usually takes, where it is known. That may have been another time before, so
    /// the text alone must not have been said.
    pub(super) fn unsaid_with_wait(&self, step: Step) -> Option<String> {
        let is_new = |text: &str| !self.before().any(|said| said.starts_with(text));
        let text = self.first(step, &[], is_new)?;
        let wait = self.known.usual_wait.map(|wait| span(self.language(), wait));
        let wait = wait.and_then(|wait| self.first(Step::Wait, &[("wait", &wait)], |_| true));
        Some(wait.map_or(text.clone(), |wait| text + " " + &wait))
    }

    /// The message that is always possible to who waits: the number of the message makes it different each time.
    pub(super) fn waiting(&self) -> String {
        self.always(Step::Waiting, Step::WaitingNumbered).unwrap_or_else(|| self.going_on())
    }

    /// The same in small talk.
    pub(super) fn going_on(&self) -> String {
        self.always(Step::GoOn, Step::GoOnNumbered).unwrap_or_default()
    }

    fn always(&self, step: Step, numbered: Step) -> Option<String> {
        let number = self.known.nth.to_string();
        self.unsaid(step, &[]).or_else(|| self.unsaid(numbered, &[("n", &number)]))
    }

    fn first(&self, step: Step, more: &Places<'_>, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut places = Vec::from([("workspace", self.known.workspace)]);
        places.extend(more.iter().copied());
        self.known.speaker.first(step, &places, is_wanted)
    }

    fn is_new(&self, text: &str) -> bool {
        self.before().all(|said| said != text)
    }

    /// All that was said, with this reply.
    fn before(&self) -> impl Iterator<Item = &str> {
        self.known.speaker.said.iter().copied().chain(self.said.iter().map(|said| said.text.as_str()))
    }

    /// Whether a text of a step was said, or is in this reply.
    pub(super) fn has_said(&self, step: Step) -> bool {
        self.known.speaker.is_any_of(step, self.before())
    }

    /// Whether a text of a step is in this reply.
    pub(super) fn says(&self, step: Step) -> bool {
        self.known.speaker.is_any_of(step, self.said.iter().map(|said| said.text.as_str()))
    }

    pub(super) fn language(&self) -> Language {
        self.known.speaker.language
    }

    pub(super) fn understood(&self) -> &'k Understood {
        self.known.understood
    }

    pub(super) fn does(&self, act: Act) -> bool {
        self.known.understood.has(act)
    }

    /// Whether somebody of the team got the chat at this message: not where an agent did.
    pub(super) fn is_given(&self) -> bool {
        self.known.is_handed_over && (!self.known.is_agents || self.known.absence.is_some())
    }

    /// Whether somebody of the team has the chat, so that an answer of theirs is to come.
    pub(super) fn has_team(&self) -> bool {
        self.is_given() || self.known.waited.is_some() || self.known.speaker.rep.is_some()
    }

    /// The moment at which the first member returns.
    pub(super) fn back(&self) -> Option<&'k Moment> {
        let known: &'k Known<'a> = self.known;
        match (&known.presence, &known.absence) {
            (Presence::Back(at), _) | (_, Some(Absence::Until(at))) => Some(at),
            _ => None,
        }
    }
}

impl Speaker<'_> {
    fn name(&self) -> &str {
        self.rep.unwrap_or_else(|| word(self.language, "team"))
    }

    /// The first text of a step that was not said yet, word for word.
    pub(super) fn unsaid(&self, step: Step, more: &Places<'_>) -> Option<String> {
        self.first(step, more, |text| !self.said.contains(&text))
    }

    /// Whether a text of a step was said.
    pub(super) fn has_said(&self, step: Step) -> bool {
        self.is_any_of(step, self.said.iter().copied())
    }

    /// Whether one of some messages is a text of a step in any language: a conversation may change it.
    pub(super) fn is_any_of<'s>(&self, step: Step, mut said: impl Iterator<Item = &'s str>) -> bool {
        let texts = |language: &Language| self.playbooks.texts(self.kind, *language, step);
        let texts: Vec<&str> = Language::ALL.iter().flat_map(texts).collect();
        said.any(|said| texts.iter().any(|text| is_made_of(said, text)))
    }

    fn first(&self, step: Step, more: &Places<'_>, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut places = Vec::from([("rep", self.name()), ("email", self.email.unwrap_or_default())]);
        // An own value stands before the usual one.
        places.splice(0..0, more.iter().copied());
        let texts = self.playbooks.texts(self.kind, self.language, step);
        texts.into_iter().map(|text| sentence(text, &places)).find(|text| is_wanted(text))
    }
}
