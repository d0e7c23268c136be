//! The language of a document or a question.

use crate::words;
use knock_agent::Language;
use whatlang::{Detector, Lang};

/// The number of letters from which a text without common words is classified by its letters.
const ENOUGH_LETTERS: usize = 24;

/// Returns the language of a text; none if it is unclear.
pub(crate) fn language_of(text: &str) -> Option<Language> {
    by_words(text).or_else(|| by_letters(text))
}

/// Returns the language of a question: `usual`, unless it has more common words of another one.
pub(crate) fn language_of_question(text: &str, usual: Language) -> Language {
    let count = |language| words::count_common(text, language);
    let best = Language::ALL.iter().copied().max_by_key(|language| (count(*language), *language == usual));
    best.unwrap_or(usual)
}

/// Returns the language with the most common words in a text; none for a tie.
fn by_words(text: &str) -> Option<Language> {
    let mut counts: Vec<(usize, Language)> =
        Language::ALL.iter().map(|language| (words::count_common(text, *language), *language)).collect();
    counts.sort_by_key(|(count, _)| *count);
    let [.., (second, _), (most, language)] = counts.as_slice() else { return None };
    (most > second).then_some(*language)
}

fn by_letters(text: &str) -> Option<Language> {
    if text.chars().filter(|sign| sign.is_alphabetic()).count() < ENOUGH_LETTERS {
        return None;
    }
    match Detector::with_allowlist(vec![Lang::Eng, Lang::Deu, Lang::Fra, Lang::Spa]).detect_lang(text)? {
        Lang::Eng => Some(Language::En),
        Lang::Deu => Some(Language::De),
        Lang::Fra => Some(Language::Fr),
        Lang::Spa => Some(Language::Es),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_and_questions_are_told_apart() {
        for (text, expected) in [
            ("Do you have an API? Yes, a REST API with webhooks. Start here: /demo/docs/api", Some(Language::En)),
            ("Wo werden meine Daten gespeichert?", Some(Language::De)),
            ("Où sont stockées mes données ?", Some(Language::Fr)),
            ("¿Dónde se guardan mis datos?", Some(Language::Es)),
            ("SAML", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), expected, "{text}");
            assert_eq!(language_of_question(text, Language::De), expected.unwrap_or(Language::De), "{text}");
        }
        assert_eq!(language_of_question("exporter un rapport en Excel", Language::Fr), Language::Fr);
        assert_eq!(language_of_question("exporter un rapport en Excel", Language::Es), Language::Es);
    }
}
