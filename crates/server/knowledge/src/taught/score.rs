//! How well a taught question fits a message: by the words of each that the other has, the rare ones before the usual.

use super::reading::{Bag, Unit};

/// How much a word of the answer's text counts, to one of the question.
pub(super) const IN_ANSWER: f32 = 0.5;
/// How much a word of the message counts that no taught question and no answer has, to a rare one that they have: a
/// message that tells of something else is rarely about them.
const UNKNOWN: f32 = 0.5;
/// The same of a word with synonyms: it surely tells of something else.
const OTHER: f32 = 0.8;
/// How much the message counts, to the taught question.
const OF_MESSAGE: f32 = 0.55;
/// From this number of answers on a word of the message is one of theirs; words half meant and of answers' texts count
/// less than one.
const HELD: f32 = 0.3;
/// The fewest answers from which rarity is counted.
const FEWEST: f32 = 10.0;

/// A taught question or another wording of it.
pub(super) struct Wording {
    pub(super) units: Vec<Unit>,
    pub(super) bag: Bag,
    /// What each unit weighs.
    pub(super) weights: Vec<f32>,
}

/// A word or phrase of the message.
pub(super) struct Said {
    pub(super) unit: Unit,
    pub(super) weight: f32,
}

/// What a message and a taught question have in common: shares, 0 to 1. The score of another kind of comparison, such as
/// a model's, would be a further one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Evidence {
    /// The share of the message that the question or its answer has.
    said: f32,
    /// The share of the question that the message has.
    known: f32,
}

/// What a unit weighs that as many answers have.
pub(super) fn rarity(holders: f32, answers: usize) -> f32 {
    let answers = (answers as f32).max(FEWEST) + 1.0;
    (libm::logf(answers / (holders + 0.5)) / libm::logf(answers / 1.5)).clamp(0.05, 1.0)
}

/// What a unit of a message weighs, given the number of answers that have it.
pub(super) fn weighed(unit: Unit, holders: f32, answers: usize) -> Said {
    let strange = if unit.is_synonym() { OTHER } else { UNKNOWN };
    let weight = unit.weight * if holders > HELD { rarity(holders, answers) } else { strange };
    Said { unit, weight }
}

/// What a message and a wording of a taught question have in common, with what each unit of the message counts.
pub(super) fn evidence(said: &[Said], wording: &Wording, answer: &Bag, message: &Bag) -> (Evidence, Vec<f32>) {
    let in_question: Vec<f32> = said.iter().map(|said| wording.bag.holds(&said.unit)).collect();
    let count = |(said, in_question): (&Said, &f32)| {
        in_question.max(if *in_question < IN_ANSWER { IN_ANSWER * answer.holds(&said.unit) } else { 0.0 })
    };
    let counts: Vec<f32> = said.iter().zip(&in_question).map(count).collect();
    let known = wording.units.iter().zip(&wording.weights).map(|(unit, weight)| weight * message.holds(unit));
    let counts: Vec<f32> = said.iter().zip(&counts).map(|(said, count)| said.weight * count).collect();
    let evidence = Evidence {
        said: share(counts.iter().sum(), said.iter().map(|said| said.weight).sum()),
        known: share(known.sum(), wording.weights.iter().sum()),
    };
    (evidence, counts)
}

fn share(part: f32, all: f32) -> f32 {
    if all > 0.0 { part / all } else { 0.0 }
}

impl Evidence {
    /// How well the question fits, 0 to 1. The question counts less than the message, as people ask in few words, and
    /// only as far as the message is about it.
    pub(super) fn fit(self) -> f32 {
        OF_MESSAGE * self.said + (1.0 - OF_MESSAGE) * self.known * self.said
    }
}
