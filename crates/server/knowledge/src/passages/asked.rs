//! A question as terms: what a passage must have, how telling that is, and the words that may stand for it.

use super::cues::{Cues, cues};
use super::index::PassageIndex;
use super::kin::kinship;
use super::kinds::Kind;
use super::meanings::{Meaning, meanings};
use crate::words::asked_words;
use knock_agent::Language;
use std::collections::{BTreeSet, HashMap};
use tantivy::TantivyError;

/// The most terms of a question: a message can be long.
const MOST_TERMS: usize = 32;
/// How much of its weight a word keeps that says little about a subject.
const FAINT: f64 = 0.35;
/// How much of its weight a word keeps that no passage has: it may be another word for something.
const UNKNOWN: f64 = 0.7;
/// The least weight of a fact that the question asks for.
const LEAST_OF_FACT: f64 = 2.5;
/// The weight of the word that asks for a fact, such as "price", where the fact is missing.
const ASKING: f64 = 0.5;
/// The weight of a word of a phrase.
const PART: f64 = 0.6;
/// The weight of another word with the same meaning.
const RELATED: f64 = 0.8;

/// Something that a passage must have.
pub(super) struct Term {
    /// How telling it is: its inverse document frequency.
    pub(super) weight: f64,
    /// The number of passages that have one of its forms.
    pub(super) holders: u64,
    /// Whether it is a fact that the question asks for, such as a price.
    pub(super) is_fact: bool,
    /// Whether it is a fact about the firm itself, such as its telephone number.
    pub(super) is_own: bool,
    /// Whether it says little about a subject.
    pub(super) is_faint: bool,
    /// Whether a passage without it cannot be the answer: the word after "which".
    pub(super) is_needed: bool,
}

/// A question.
pub(super) struct Asked {
    pub(super) terms: Vec<Term>,
    /// The words of the index that stand for a term, with the number of the term and the share of its meaning.
    pub(super) forms: HashMap<u32, (usize, f64)>,
    /// The facts that an answer should rather state.
    pub(super) preferred: BTreeSet<Kind>,
}

/// The terms of a question.
///
/// # Errors
/// When the index is damaged.
pub(super) fn asked(index: &PassageIndex, text: &str, language: Language) -> Result<Asked, TantivyError> {
    let cues = cues(text, language);
    let mut asked = Asked { terms: Vec::new(), forms: HashMap::new(), preferred: cues.preferred.clone() };
    let look = Look { language, passages: index.count_passages(language) };
    for (kind, words) in &cues.wanted {
        let literal = words.iter().map(|word| (word.clone(), ASKING));
        let forms: Vec<(String, f64)> = [(kind.term().to_owned(), 1.0)].into_iter().chain(literal).collect();
        let term = asked.add(index, &forms, look)?;
        term.weight = term.weight.max(LEAST_OF_FACT);
        term.is_fact = true;
        term.is_own = matches!(kind, Kind::Phone | Kind::Mail | Kind::Hours | Kind::Place);
    }
    let last = last_word(text, &cues, language);
    for (words, meanings) in units(text, &cues, language) {
        // One word of a phrase is a part of its meaning.
        let own = if words.len() > 1 { PART } else { 1.0 };
        let literal = words.iter().map(|word| (word.clone(), own));
        let forms: Vec<(String, f64)> = literal.chain(meanings.into_iter().map(|term| (term, RELATED))).collect();
        let term = asked.add(index, &forms, look)?;
        term.is_faint = words.iter().all(|word| cues.faint.contains(word));
        term.weight *= if term.is_faint { FAINT } else { 1.0 };
        term.weight *= if term.holders == 0 { UNKNOWN } else { 1.0 };
        let is_last = last.as_ref().is_some_and(|last| words.contains(last));
        let is_subject =
            cues.attribute.as_ref().is_some_and(|word| words.contains(word)) || term.holders == 0 && is_last;
        term.is_needed = !term.is_faint && is_subject && cues.wanted.is_empty();
    }
    Ok(asked)
}

/// The phrases and the single words of a question, each with the terms of its meanings.
fn units(text: &str, cues: &Cues, language: Language) -> Vec<(BTreeSet<String>, BTreeSet<String>)> {
    let said = asked_words(text, language);
    let mut left: BTreeSet<String> = said.iter().filter(|word| !cues.consumed.contains(*word)).cloned().collect();
    let mut units: Vec<(BTreeSet<String>, BTreeSet<String>)> = Vec::new();
    for Meaning { term, words } in meanings(text, language) {
        let words: BTreeSet<String> = words.into_iter().filter(|word| !cues.consumed.contains(word)).collect();
        match units.iter_mut().find(|(known, _)| *known == words) {
            Some((_, terms)) => _ = terms.insert(term),
            None if !words.is_empty() => units.push((words, BTreeSet::from([term]))),
            None => {}
        }
    }
    for (words, _) in &units {
        left.retain(|word| !words.contains(word));
    }
    units.extend(left.into_iter().map(|word| (BTreeSet::from([word]), BTreeSet::new())));
    units.truncate(MOST_TERMS);
    units
}

/// The last word of a question that is about a subject: "Vienna" of "Do you have an office in Vienna?"
fn last_word(text: &str, cues: &Cues, language: Language) -> Option<String> {
    let is_said = |word: &String| !cues.consumed.contains(word) && !cues.faint.contains(word);
    let words = text.split(|sign: char| !sign.is_alphanumeric()).rev();
    words.flat_map(|word| asked_words(word, language)).find(is_said)
}

/// Where the forms of a term are looked up.
#[derive(Clone, Copy)]
struct Look {
    language: Language,
    passages: u64,
}

impl Asked {
    fn add(&mut self, index: &PassageIndex, forms: &[(String, f64)], look: Look) -> Result<&mut Term, TantivyError> {
        let number = self.terms.len();
        let mut holders = 0;
        for (form, share) in forms {
            for ((id, name), kinship) in kin(index, form, look.language) {
                holders = holders.max(index.holders(name, look.language)?);
                let place = self.forms.entry(id).or_insert((number, 0.0));
                if kinship * share > place.1 {
                    *place = (number, kinship * share);
                }
            }
        }
        let weight = rarity(holders, look.passages);
        let term = Term { weight, holders, is_fact: false, is_own: false, is_faint: false, is_needed: false };
        self.terms.push(term);
        Ok(&mut self.terms[number])
    }

    /// The weight of all terms.
    pub(super) fn weight(&self) -> f64 {
        self.terms.iter().map(|term| term.weight).sum()
    }
}

/// The words of the index that may stand for a word, with the share of its meaning.
fn kin<'i>(index: &'i PassageIndex, word: &str, language: Language) -> Vec<((u32, &'i str), f64)> {
    let is_known = index.word(word, language).is_some();
    let shares = index.words(language).map(|(id, other)| ((id, other), kinship(word, other, is_known, language)));
    shares.filter(|(_, share)| *share > 0.0).collect()
}

/// The inverse document frequency of a word (as in BM25) that `holders` of the passages contain. A word of no passage
/// weighs as much as a word of one: visitors use many words that no page contains.
pub(super) fn rarity(holders: u64, passages: u64) -> f64 {
    let (holders, passages) = (holders.max(1) as f64, passages as f64);
    libm::log(1.0 + (passages - holders + 0.5).max(0.5) / (holders + 0.5))
}
