//! The taught questions of a site: which of them a message asks.

use crate::language::language_of;
use crate::words::words;
use knock_agent::Language;
use knock_ports::KnownAnswer;
use std::collections::BTreeSet;

/// The share of a known question's words that the asked question must contain, in hundredths.
const ENOUGH_OF_QUESTION: u8 = 60;
/// The language of a text whose language is unclear.
const UNCLEAR: Language = Language::En;

/// The taught questions of a site with their answers, by language.
pub(crate) struct Taught {
    answers: Vec<(Language, KnownAnswer)>,
}

impl Taught {
    pub(crate) fn new(answers: Vec<KnownAnswer>) -> Taught {
        Taught { answers: answers.into_iter().map(|answer| (language_of_answer(&answer), answer)).collect() }
    }

    pub(crate) fn languages(&self) -> BTreeSet<Language> {
        self.answers.iter().map(|(language, _)| *language).collect()
    }

    /// The best answer to a text among those of a language, with its confidence; of equal ones the first.
    pub(crate) fn best(&self, text: &str, language: Language) -> Option<(&KnownAnswer, u8)> {
        let of = |text: &str| words(text, language).into_iter().collect::<BTreeSet<String>>();
        let asked = of(text);
        let of_language = self.answers.iter().filter(|(of, _)| *of == language);
        let fitting = of_language.filter_map(|(_, known)| Some((known, of_question(&of(&known.question), &asked)?)));
        fitting.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

/// The confidence that a known question is the asked one, 0 to 100: the share of its words in the question. None if
/// that is too low.
fn of_question(known: &BTreeSet<String>, asked: &BTreeSet<String>) -> Option<u8> {
    let (shared, all) = (known.intersection(asked).count() as f64, known.len() as f64);
    let share = if all > 0.0 { (shared / all * 100.0).round() as u8 } else { 0 };
    (share >= ENOUGH_OF_QUESTION).then_some(share)
}

fn language_of_answer(answer: &KnownAnswer) -> Language {
    language_of(&format!("{} {}", answer.question, answer.answer)).unwrap_or(UNCLEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> BTreeSet<String> {
        words(text, Language::En).into_iter().collect()
    }

    #[test]
    fn a_known_question_is_found_by_its_words() {
        for (known, asked, expected) in [
            ("Where is my data stored?", "where do you store data? I mean is data stored in the EU", Some(100)),
            ("Do you have an API?", "is there an api", Some(100)),
            ("Do you have an API?", "APIs?", Some(100)),
            ("Where is my data stored?", "we need a quote for 200 people", None),
            ("How long is the trial?", "is there a trial", None),
            ("Where is my data stored?", "", None),
            ("Where is that?", "where is that", None),
            ("Which carriers do you integrate with?", "do you integrate with these carriers", Some(100)),
        ] {
            assert_eq!(of_question(&set(known), &set(asked)), expected, "{known} {asked}");
        }
    }
}
