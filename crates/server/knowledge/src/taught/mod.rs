//! The taught questions of a site: which of them a message asks.

mod compounds;
mod index;
mod reading;
mod score;
mod split;
#[cfg(test)]
mod tests;
mod typos;

use crate::language::language_of;
pub(crate) use index::Ranked;
use index::{Index, Sentence};
use knock_agent::Language;
use knock_model::AnswerId;
use knock_ports::KnownAnswer;
use std::collections::{BTreeMap, BTreeSet};

/// The language of a text whose language is unclear.
const UNCLEAR: Language = Language::En;
/// The lowest fit of an answer that is given. Chosen with [`MARGIN`] on the sets of `cargo xtask eval agent`, so that at
/// most one message in ten that has no answer gets one.
const SURE: f32 = 0.45;
/// How much the answer that is given fits better than the next one: less, and both are offered.
const MARGIN: f32 = 0.03;
/// The lowest fit of a question that is offered.
const OFFERED: f32 = 0.15;
/// Answers to one message, and questions that are offered, at most.
const MOST: usize = 3;
/// The closest questions that are shown with their scores.
const CLOSEST: usize = 5;

/// The taught questions of a site with their answers, by language.
pub(crate) struct Taught {
    languages: BTreeMap<Language, Index>,
}

/// What a message asks of the taught questions of a language.
#[derive(Default)]
pub(crate) struct Meant<'i> {
    /// The questions that it surely asks, in the order of its sentences.
    pub(crate) sure: Vec<Ranked<'i>>,
    /// Those that it may ask, the best fitting first; empty where one is sure.
    pub(crate) offered: Vec<Ranked<'i>>,
    /// The best fitting ones, whether they are asked or not.
    pub(crate) closest: Vec<Ranked<'i>>,
}

impl Taught {
    pub(crate) fn new(answers: Vec<KnownAnswer>) -> Taught {
        let mut languages: BTreeMap<Language, Vec<KnownAnswer>> = BTreeMap::new();
        for answer in answers {
            languages.entry(language_of_answer(&answer)).or_default().push(answer);
        }
        let index = |(language, answers)| (language, Index::new(answers, language));
        Taught { languages: languages.into_iter().map(index).collect() }
    }

    pub(crate) fn languages(&self) -> BTreeSet<Language> {
        self.languages.keys().copied().collect()
    }

    /// What a message in the language `spoken` asks, of the questions in a language.
    pub(crate) fn meant(&self, text: &str, language: Language, spoken: Language) -> Meant<'_> {
        let Some(index) = self.languages.get(&language) else { return Meant::default() };
        let sentences = index.ranked(text, spoken);
        // What is said besides a question does not outvote it: "We are five in Ghent. Do you deliver?"
        let (asked, besides): (Vec<Sentence<'_>>, _) = sentences.into_iter().partition(|sentence| sentence.is_question);
        let sure = sure(&asked);
        if !sure.is_empty() {
            return Meant { sure, offered: Vec::new(), closest: closest(&asked) };
        }
        let all: Vec<Sentence<'_>> = asked.into_iter().chain(besides).collect();
        let closest = closest(&all);
        match best(&all).and_then(|sentence| sentence.sure()) {
            Some(sure) => Meant { sure: vec![sure.clone()], offered: Vec::new(), closest },
            None => {
                let offered = closest.iter().filter(|ranked| ranked.fit >= OFFERED).take(MOST).cloned().collect();
                Meant { sure: Vec::new(), offered, closest }
            }
        }
    }
}

impl<'i> Sentence<'i> {
    /// The question that the sentence surely asks.
    fn sure(&self) -> Option<&Ranked<'i>> {
        let first = self.ranked.first()?;
        // The same question taught twice is no other one: the first added is given.
        let other = self.ranked.iter().find(|other| other.known.question != first.known.question);
        let next = other.map_or(0.0, |next| next.fit);
        (first.is_same || (first.fit >= SURE && first.fit - next >= MARGIN)).then_some(first)
    }

    /// How well the best question fits.
    fn fit(&self) -> f32 {
        self.ranked.first().map_or(0.0, |first| if first.is_same { 1.0 } else { first.fit })
    }
}

/// The questions that sentences surely ask, each once.
fn sure<'i>(sentences: &[Sentence<'i>]) -> Vec<Ranked<'i>> {
    let mut known: BTreeSet<AnswerId> = BTreeSet::new();
    let sure = sentences.iter().filter_map(Sentence::sure).filter(|ranked| known.insert(ranked.known.id));
    sure.take(MOST).cloned().collect()
}

/// The sentence with the best fitting question; of equal ones the last, as a message ends with what it asks.
fn best<'s, 'i>(sentences: &'s [Sentence<'i>]) -> Option<&'s Sentence<'i>> {
    sentences.iter().max_by(|one, other| one.fit().total_cmp(&other.fit()))
}

/// The best fitting questions of the sentence that has the best one.
fn closest<'i>(sentences: &[Sentence<'i>]) -> Vec<Ranked<'i>> {
    best(sentences).map(|sentence| sentence.ranked.iter().take(CLOSEST).cloned().collect()).unwrap_or_default()
}

impl Ranked<'_> {
    /// The score, 0 to 100: 100 only where the message has the very words of the question.
    pub(crate) fn score(&self) -> u8 {
        if self.is_same { 100 } else { (self.fit * 100.0).round().clamp(0.0, 99.0) as u8 }
    }
}

fn language_of_answer(answer: &KnownAnswer) -> Language {
    language_of(&format!("{} {}", answer.question, answer.answer)).unwrap_or(UNCLEAR)
}
