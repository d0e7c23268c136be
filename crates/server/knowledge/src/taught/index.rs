//! The taught questions of one language, ready to be compared with messages.

use super::reading::{Bag, Reader, Unit};
use super::score::{IN_ANSWER, Said, Wording, evidence, rarity, weighed};
use super::split::{clauses, sentences};
use crate::words::read_words;
use knock_agent::{Language, is_question};
use knock_ports::KnownAnswer;
use std::iter;

/// What a clause of a sentence counts to the sentence.
const CLAUSE: f32 = 0.9;

/// The taught questions of a language.
pub(crate) struct Index {
    language: Language,
    reader: Reader,
    entries: Vec<Entry>,
}

struct Entry {
    known: KnownAnswer,
    wordings: Vec<Wording>,
    answer: Bag,
    /// The words of the question and of each wording.
    texts: Vec<Vec<String>>,
}

/// How well a taught question fits a message.
#[derive(Clone)]
pub(crate) struct Ranked<'i> {
    pub(crate) known: &'i KnownAnswer,
    /// 0 to 1.
    pub(crate) fit: f32,
    /// Whether the message has the very words of the question.
    pub(crate) is_same: bool,
    /// The words of the message that count, the most telling first.
    pub(crate) words: Vec<String>,
}

/// A sentence of a message.
pub(super) struct Sentence<'i> {
    pub(super) is_question: bool,
    /// The taught questions, the best fitting first.
    pub(super) ranked: Vec<Ranked<'i>>,
}

impl Index {
    pub(crate) fn new(mut answers: Vec<KnownAnswer>, language: Language) -> Index {
        // Sums of weights must not depend on the order of the answers.
        answers.sort_by_key(|known| known.id);
        let texts = answers.iter().flat_map(|known| {
            [known.question.as_str(), known.answer.as_str()]
                .into_iter()
                .chain(known.wordings.iter().map(String::as_str))
        });
        let reader = Reader::new(texts, language);
        let entry = |known: KnownAnswer| {
            let questions = || iter::once(&known.question).chain(&known.wordings);
            let texts = questions().map(|text| plain(text, language)).collect();
            let wording = |text: &String| {
                let units = reader.read(text);
                Wording { bag: Bag::new(&units), units, weights: Vec::new() }
            };
            let wordings = questions().map(wording).collect();
            Entry { wordings, answer: Bag::new(&reader.read(&known.answer)), texts, known }
        };
        let entries = answers.into_iter().map(entry).collect();
        let mut index = Index { language, reader, entries };
        index.weigh();
        index
    }

    /// Weighs the units of all questions by the number of answers that have them.
    fn weigh(&mut self) {
        let weights = |wording: &Wording| -> Vec<f32> {
            let of = |unit: &Unit| unit.weight * rarity(self.holders(unit), self.entries.len());
            wording.units.iter().map(of).collect()
        };
        let all: Vec<Vec<Vec<f32>>> =
            self.entries.iter().map(|entry| entry.wordings.iter().map(weights).collect()).collect();
        for (entry, weights) in self.entries.iter_mut().zip(all) {
            for (wording, weights) in entry.wordings.iter_mut().zip(weights) {
                wording.weights = weights;
            }
        }
    }

    /// The number of answers whose question has a unit; its text counts half.
    fn holders(&self, unit: &Unit) -> f32 {
        let of = |entry: &Entry| {
            let in_question = entry.wordings.iter().map(|wording| wording.bag.holds(unit)).fold(0.0, f32::max);
            in_question.max(IN_ANSWER * entry.answer.holds(unit))
        };
        self.entries.iter().map(of).sum()
    }

    /// The taught questions for each sentence of a message in the language `spoken`, the best fitting first.
    pub(super) fn ranked(&self, text: &str, spoken: Language) -> Vec<Sentence<'_>> {
        let read = |text: &str| Sentence { is_question: is_question(text), ranked: self.of_sentence(text, spoken) };
        let words = plain(text, self.language);
        if self.entries.iter().any(|entry| entry.texts.contains(&words)) {
            return vec![read(text)];
        }
        sentences(text).into_iter().map(read).collect()
    }

    fn of_sentence(&self, sentence: &str, spoken: Language) -> Vec<Ranked<'_>> {
        let mut best = self.of_part(sentence, spoken);
        for clause in clauses(sentence) {
            for (known, mut clause) in best.iter_mut().zip(self.of_part(clause, spoken)) {
                clause.fit *= CLAUSE;
                if !known.is_same && clause.fit > known.fit {
                    *known = clause;
                }
            }
        }
        best.retain(|ranked| ranked.fit > 0.0 || ranked.is_same);
        best.sort_by(|one, other| {
            let same = other.is_same.cmp(&one.is_same);
            same.then(other.fit.total_cmp(&one.fit)).then(one.known.id.cmp(&other.known.id))
        });
        best
    }

    /// All taught questions, in their order.
    fn of_part(&self, part: &str, spoken: Language) -> Vec<Ranked<'_>> {
        let words = plain(part, self.language);
        let units = self.reader.read_message(part, spoken);
        let message = Bag::new(&units);
        let weigh = |unit| {
            let holders = self.holders(&unit);
            weighed(unit, holders, self.entries.len())
        };
        let said: Vec<Said> = units.into_iter().map(weigh).collect();
        self.entries.iter().map(|entry| entry.ranked(&said, &message, &words)).collect()
    }
}

impl Entry {
    /// By the wording that fits best.
    fn ranked(&self, said: &[Said], message: &Bag, words: &[String]) -> Ranked<'_> {
        let of = self.wordings.iter().map(|wording| evidence(said, wording, &self.answer, message));
        let best = of.reduce(|best, next| if next.0.fit() > best.0.fit() { next } else { best });
        let (evidence, counts) = best.unwrap_or_default();
        let mut telling: Vec<(&Said, f32)> = said.iter().zip(counts).filter(|(_, count)| *count > 0.0).collect();
        telling.sort_by(|one, other| other.1.total_cmp(&one.1));
        let mut named: Vec<String> = Vec::new();
        for (said, _) in telling {
            if !named.contains(&said.unit.word) {
                named.push(said.unit.word.clone());
            }
        }
        let is_same = !words.is_empty() && self.texts.iter().any(|text| text == words);
        Ranked { known: &self.known, fit: evidence.fit(), is_same, words: named }
    }
}

/// The words of a text, all of them, without their endings.
fn plain(text: &str, language: Language) -> Vec<String> {
    read_words(text, language).into_iter().map(|word| word.folded).collect()
}
