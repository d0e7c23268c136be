//! A question as terms: what a passage must have, how telling that is, and the words that may stand for it.

use super::cues::{Cues, cues};
use super::index::PassageIndex;
use super::kin::kinship;
use super::kinds::Kind;
use super::meanings::{Meaning, meanings};
use super::terms::{Asked, Term};
use crate::words::{asked_words, words};
use knock_agent::Language;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tantivy::TantivyError;

/// The most terms of a question: a message can be long.
const MOST_TERMS: usize = 32;
/// How much of its weight a word keeps that says little about a subject.
const FAINT: f64 = 0.35;
/// How much of its weight a word keeps that says nothing about a subject.
const MERE: f64 = 0.03;
/// How much of its weight a word keeps that no passage has: it may be another word for something.
const UNKNOWN: f64 = 0.7;
/// The least weight of a fact that the question asks for.
const LEAST_OF_FACT: f64 = 2.5;
/// Prices are lower in many ways.
const LEAST_OF_DISCOUNT: f64 = 1.5;
/// The weight of the word that asks for a fact, such as "price", where the fact is missing.
const ASKING: f64 = 0.5;
/// The weight of another word with the same meaning.
pub(super) const RELATED: f64 = 0.75;

/// German words that a noun follows.
const BEFORE_NOUN: [&str; 26] = [
    "in", "im", "nach", "mit", "per", "aus", "auf", "bei", "für", "von", "vom", "zu", "zum", "zur", "als", "der",
    "die", "das", "den", "dem", "ein", "eine", "einen", "einem", "einer", "kein",
];

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
        let least = if *kind == Kind::Discount { LEAST_OF_DISCOUNT } else { LEAST_OF_FACT };
        term.weight = term.weight.max(least);
        term.is_fact = true;
        term.is_own = matches!(kind, Kind::Phone | Kind::Mail | Kind::Hours | Kind::Place);
    }
    let last = last_word(text, &cues, language);
    let telling = asked_words(text, language);
    for (word, meanings) in units(text, &cues, language) {
        if cues.soft.contains(&word) && index.word(&word, language).is_none() {
            continue;
        }
        let others = meanings.into_iter().map(|term| (term, RELATED));
        let forms: Vec<(String, f64)> = [(word.clone(), 1.0)].into_iter().chain(others).collect();
        let term = asked.add(index, &forms, look)?;
        // The first word of a phrase whose words say nothing one by one.
        let is_frame = !telling.contains(&word);
        term.is_faint = is_frame || cues.faint.contains(&word);
        term.weight *= if term.is_faint { FAINT } else { 1.0 };
        term.weight *= if term.holders == 0 { UNKNOWN } else { 1.0 };
        let is_subject = cues.attribute.as_ref() == Some(&word) || term.holders == 0 && last.as_ref() == Some(&word);
        term.is_needed = !term.is_faint && is_subject && cues.wanted.is_empty();
    }
    let mere: BTreeSet<String> = words(text, language).into_iter().filter(|word| !telling.contains(word)).collect();
    for word in mere.into_iter().filter(|word| index.word(word, language).is_some()).take(MOST_TERMS) {
        let term = asked.add(index, &[(word, 1.0)], look)?;
        term.weight *= MERE;
        (term.is_faint, term.is_mere) = (true, true);
    }
    Ok(asked)
}

/// The words of a question, each with the terms of the meanings that it has a part in.
fn units(text: &str, cues: &Cues, language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let said = asked_words(text, language).into_iter().filter(|word| !cues.consumed.contains(word));
    let mut units: BTreeMap<String, BTreeSet<String>> =
        said.take(MOST_TERMS).map(|word| (word, BTreeSet::new())).collect();
    for Meaning { term, words } in meanings(text, language) {
        let mut parts: Vec<&String> = words.iter().filter(|word| units.contains_key(*word)).collect();
        // A phrase of words that say nothing one by one.
        if parts.is_empty()
            && words.len() > 1
            && units.len() < MOST_TERMS
            && words.iter().all(|word| !cues.consumed.contains(word))
        {
            parts.extend(words.first());
        }
        for part in parts.into_iter().cloned().collect::<Vec<_>>() {
            units.entry(part).or_default().insert(term.clone());
        }
    }
    units
}

/// The last word of a question that is about a subject: "Vienna" of "Do you have an office in Vienna?"
fn last_word(text: &str, cues: &Cues, language: Language) -> Option<String> {
    // What is in brackets is an addition.
    let text = text.split('(').next().unwrap_or_default();
    let words: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let stem = |word: &str| asked_words(word, language).into_iter().next();
    let is_said = |word: &String| !cues.consumed.contains(word) && !cues.faint.contains(word);
    let at = words.iter().rposition(|word| stem(word).is_some_and(|word| is_said(&word)))?;
    // A German question may end with its verb, unless a word before says that a noun follows.
    let before = at.checked_sub(1).map(|before| words[before].to_lowercase());
    let is_noun = before.is_some_and(|before| BEFORE_NOUN.contains(&before.as_str()));
    let is_verb = language == Language::De && !is_noun && (words[at].ends_with("en") || words[at].ends_with('t'));
    stem(words[at]).filter(|_| !is_verb)
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
        let all = forms.iter().flat_map(|(form, share)| {
            kin(index, form, look.language).into_iter().map(move |(word, kinship)| (word, kinship * share))
        });
        let (mut known, mut is_literal) = (Vec::new(), false);
        for ((id, name), share) in all {
            is_literal |= !name.starts_with('§');
            known.push((id, share, index.holders(name, look.language)?));
        }
        // The word as it is asked tells most about what is meant.
        let own = forms.first().map_or(Ok(0), |(word, _)| index.holders(word, look.language))?;
        let holders = if own > 0 { own } else { known.iter().map(|(.., holders)| *holders).max().unwrap_or(0) };
        let weight = rarity(holders, look.passages);
        for (id, share, holders) in known {
            // A frequent word says less than a rare one for which it stands.
            let share = share * (rarity(holders, look.passages) / weight).min(1.0);
            let places = self.forms.entry(id).or_default();
            match places.iter_mut().find(|(term, _)| *term == number) {
                Some(place) => place.1 = place.1.max(share),
                None => places.push((number, share)),
            }
        }
        let term = Term {
            is_literal,
            weight,
            holders,
            is_fact: false,
            is_own: false,
            is_faint: false,
            is_mere: false,
            is_needed: false,
        };
        self.terms.push(term);
        Ok(&mut self.terms[number])
    }
}

/// The words of the index that may stand for a word, with the share of its meaning.
fn kin<'i>(index: &'i PassageIndex, word: &str, language: Language) -> Vec<((u32, &'i str), f64)> {
    let own = index.word(word, language);
    if word.starts_with('§') {
        return own.map(|(id, word)| ((id, word), 1.0)).into_iter().collect();
    }
    let is_known = own.is_some();
    let shares = index.words(language).map(|(id, other)| ((id, other), kinship(word, other, is_known, language)));
    shares.filter(|(_, share)| *share > 0.0).collect()
}

/// The inverse document frequency of a word (as in BM25) that `holders` of the passages contain. A word of no passage
/// weighs as much as a word of one: visitors use many words that no page contains.
pub(super) fn rarity(holders: u64, passages: u64) -> f64 {
    let (holders, passages) = (holders.max(1) as f64, passages as f64);
    libm::log(1.0 + (passages - holders + 0.5).max(0.5) / (holders + 0.5))
}
