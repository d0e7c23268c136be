//! What the agent asked last, read from its message; the labels of answers to choose from.

use super::talk::Talk;
use crate::act::{Act, Understood};
use crate::known::{Asked, Speaker};
use crate::language::Language;
use crate::plain::words;
use crate::playbook::Step;
use crate::understood::chosen;
use crate::words::word;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Email;

/// What the agent asked with its last message, by the choices below it and by its text, in any language; none where it
/// asked nothing.
pub fn asked(speaker: &Speaker<'_>, last_text: &str, choices: &[String]) -> Option<Asked> {
    if choices.iter().any(|choice| none_of_these(choice)) {
        return Some(Asked::Offered);
    }
    if let [first, ..] = choices {
        return match yes_or_no(first) {
            Some(_) => Some(Email::find(last_text).map_or(Asked::Helped, |email| Asked::MeantEmail(email.to_text()))),
            None => chosen(first).map(|_| Asked::Purpose),
        };
    }
    let is_any_of = |steps: &[Step]| steps.iter().any(|step| speaker.is_any_of(*step, [last_text].into_iter()));
    if is_any_of(&[Step::Email, Step::EmailAgain, Step::Away]) {
        Some(Asked::Email)
    } else if is_any_of(&[Step::AskPhone]) {
        Some(Asked::Phone)
    } else {
        None
    }
}

/// Whether a message is the choice that none of the questions offered is meant, tapped or typed, in any language.
pub fn none_of_these(text: &str) -> bool {
    is_label(text, "none")
}

/// Whether a message is "yes" (true) or "no" (false) as these choices are labelled, in any language; none where it says
/// something else.
pub fn yes_or_no(text: &str) -> Option<bool> {
    if is_label(text, "yes") {
        Some(true)
    } else if is_label(text, "no") {
        Some(false)
    } else {
        None
    }
}

fn is_label(text: &str, key: &str) -> bool {
    let text = words(text);
    Language::ALL.iter().any(|language| words(word(*language, key)) == text)
}

/// The choices "Yes" and "No".
pub(super) fn yes_and_no(language: Language) -> Vec<String> {
    ["yes", "no"].iter().map(|key| word(language, key).into()).collect()
}

/// Questions to choose from, with "None of these" as the last choice.
pub(super) fn with_none(language: Language, questions: &[&str]) -> Vec<String> {
    let none = word(language, "none");
    questions.iter().copied().chain([none]).map(String::from).collect()
}

/// Whether a message says yes or no to what was asked; none where it says neither.
pub(crate) fn affirmed(understood: &Understood) -> Option<bool> {
    let of_acts = match (understood.has(Act::Yes), understood.has(Act::No)) {
        (_, true) => Some(false),
        (true, false) => Some(true),
        (false, false) => None,
    };
    of_acts.or_else(|| whole(understood).and_then(yes_or_no))
}

/// Whether a message is the choice that none of the questions offered is meant.
pub(crate) fn is_none_of_these(understood: &Understood) -> bool {
    affirmed(understood) == Some(false) || whole(understood).is_some_and(none_of_these)
}

/// The text of a message of one part.
fn whole(understood: &Understood) -> Option<&str> {
    match understood.parts.as_slice() {
        [text] => Some(text),
        _ => None,
    }
}

impl Talk<'_, '_> {
    /// Whether the message says yes or no.
    pub(super) fn affirmed(&self) -> Option<bool> {
        affirmed(self.understood())
    }
}
