//! Intent that is explicit in a message: a chosen suggestion, a request for a person.

use crate::act::{Act, acts};
use crate::language::Language;
use crate::plain::words;
use crate::words::word;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::IntentType;

static CHOICES: &str = include_str!("../data/choices.txt");

/// A choice below the question what a chat is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// An intent type.
    Type(IntentType),
    /// To talk to a person.
    Human,
}

/// The choices with the keys of their labels, as they are offered.
const OFFERED: [(&str, Choice); 5] = [
    ("choice_buying", Choice::Type(IntentType::Buying)),
    ("choice_partnership", Choice::Type(IntentType::Partnership)),
    ("choice_support", Choice::Type(IntentType::Support)),
    ("choice_job", Choice::Type(IntentType::JobSeeker)),
    ("choice_human", Choice::Human),
];

/// The labels of the choices.
pub fn choices(language: Language) -> Vec<String> {
    OFFERED.iter().map(|(key, _)| word(language, key).into()).collect()
}

/// The choice that a message is, tapped or typed, in any language; none where it says more than that.
pub fn chosen(text: &str) -> Option<Choice> {
    chosen_words(&words(text))
}

/// The same of folded words.
fn chosen_words(words: &str) -> Option<Choice> {
    // A longer text is none of the labels; to fold these for each message takes most of its time.
    let is = |label: &str| words.len() <= 2 * label.len() && self::words(label) == words;
    let is_label = |key: &str| Language::ALL.iter().any(|language| is(word(*language, key)));
    let offered = OFFERED.iter().find(|(key, _)| is_label(key)).map(|(_, choice)| *choice);
    offered.or_else(|| {
        let lines = CHOICES.lines().filter_map(|line| line.split_once('\t'));
        let mut known = lines.filter(|(_, phrases)| phrases.split('|').any(|phrase| phrase == words));
        known.next().and_then(|(kind, _)| IntentType::parse(kind)).map(Choice::Type)
    })
}

/// Whether a message asks for a person or for a call, in any words of any language.
pub fn wants_human(text: &str) -> bool {
    let acts = acts(text);
    chosen(text) == Some(Choice::Human) || acts.iter().any(|act| matches!(act, Act::AsksHuman | Act::CallMe))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_understood_tapped_and_typed_in_every_language() {
        for language in Language::ALL {
            for (label, (_, choice)) in choices(*language).iter().zip(OFFERED) {
                assert_eq!(chosen(label), Some(choice), "{label}");
                assert_eq!(chosen(&alloc::format!(" {}! ", label.to_uppercase())), Some(choice), "{label}");
            }
        }
        for (text, kind) in [
            ("buying", IntentType::Buying),
            ("support.", IntentType::Support),
            ("Einkauf", IntentType::Buying),
            ("trabajo", IntentType::JobSeeker),
            ("Partenaire", IntentType::Partnership),
        ] {
            assert_eq!(chosen(text), Some(Choice::Type(kind)), "{text}");
        }
        for text in ["", "hi", "buying support", "we are buying a house", "job offers for my team"] {
            assert_eq!(chosen(text), None, "{text}");
        }
    }

    #[test]
    fn a_person_is_asked_for_in_many_words() {
        for text in [
            "Can I talk to a human?",
            "human please",
            "I want to speak to someone from your team",
            "Kann ich mit einem Menschen sprechen?",
            "Bitte einen Mitarbeiter",
            "Je voudrais parler à quelqu'un",
            "¿Puedo hablar con alguien?",
            "quiero hablar con una persona real",
        ] {
            assert!(wants_human(text), "{text}");
        }
        for text in ["hi", "are you a human?", "Bist du ein Mensch?", "we sell to humans", "personal plan", ""] {
            assert!(!wants_human(text), "{text}");
        }
    }

    #[test]
    fn phrases_are_written_as_texts_are_folded() {
        let lines = CHOICES.lines().filter_map(|line| line.split_once('\t')).map(|(_, phrases)| phrases);
        for phrase in lines.flat_map(|line| line.split('|')) {
            assert_eq!(words(phrase), phrase);
        }
    }
}
