//! Questions of leads: which messages are one, and which of them ask the same.

use crate::plain::words;
use alloc::string::String;
use alloc::vec::Vec;

static BEGINNINGS: &str = include_str!("../data/questions.txt");
static STOP_WORDS: &str = include_str!("../data/stop_words.txt");

/// Words of a key, at most.
const MOST_WORDS: usize = 12;

/// Whether a message asks something: by its question mark, or by the words it begins with.
pub fn is_question(text: &str) -> bool {
    if text.contains(['?', '¿', '？']) {
        return true;
    }
    let text = words(text);
    let mut beginnings = BEGINNINGS.lines().flat_map(|line| line.split('|'));
    beginnings.any(|known| text.strip_prefix(known).is_some_and(|rest| rest.starts_with(' ')))
}

/// The words that tell what a question is about, in the order of the alphabet: questions with the same ones ask the same.
/// Empty where it has none.
pub fn question_key(text: &str) -> String {
    let text = words(text);
    let is_stop_word = |word: &&str| STOP_WORDS.split_whitespace().any(|known| known == *word);
    let mut telling: Vec<&str> = text.split(' ').filter(|word| !word.is_empty() && !is_stop_word(word)).collect();
    telling.sort_unstable();
    telling.dedup();
    telling.truncate(MOST_WORDS);
    telling.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_known_by_its_mark_or_its_beginning() {
        for text in [
            "SSO?",
            "do you support single sign-on",
            "Gibt es eine Schnittstelle zu SAP",
            "Können Sie das auch auf Deutsch?",
            "combien ça coûte",
            "¿Hay una prueba",
            "cuánto cuesta el plan",
        ] {
            assert!(is_question(text), "{text}");
        }
        for text in ["", "hello", "we need a quote", "whatever", "wir brauchen ein Angebot", "merci", "gracias"] {
            assert!(!is_question(text), "{text}");
        }
    }

    #[test]
    fn the_same_question_has_the_same_key() {
        let same = |one: &str, other: &str| assert_eq!(question_key(one), question_key(other));
        same("Do you support SAML single sign-on?", "do you support single sign on, SAML");
        same("Gibt es eine Schnittstelle zu SAP?", "gibt es zu SAP eine schnittstelle");
        assert_ne!(question_key("Do you support SAML?"), question_key("Do you support LDAP?"));
        assert_eq!(question_key("what is it?"), "");
        assert!(question_key(&"word1 word2 ".repeat(100)).len() < 40);
    }

    #[test]
    fn stop_words_are_written_as_texts_are_folded() {
        for word in STOP_WORDS.split_whitespace() {
            assert_eq!(words(word), word);
        }
        for phrase in BEGINNINGS.lines().flat_map(|line| line.split('|')) {
            assert_eq!(words(phrase), phrase);
        }
    }
}
