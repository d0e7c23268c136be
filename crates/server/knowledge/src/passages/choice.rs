//! How well a passage answers a question: the share of the question that its headings and the quoted sentences have.

use super::asked::RELATED;
use super::index::Prepared;
use super::terms::Asked;
use std::collections::BTreeSet;

/// The share of the question that a passage must have.
const ENOUGH: f64 = 0.5;
/// The confidence of a passage that has all of the question: words that are found are no certainty.
const MOST_CONFIDENCE: f64 = 90.0;
/// The share of a term that is in the passage's own heading: the passage is about it.
const IN_HEADING: f64 = 1.2;
/// The share of a term that is in a heading above, in the title of the page, in a sentence that is not quoted.
const ABOVE: f64 = 0.8;
const IN_TITLE: f64 = 0.5;
const UNQUOTED: f64 = 0.6;
/// What a heading adds that is the question, and a fact of the preferred kind.
const SAME_HEADING: f64 = 0.25;
const PREFERRED: f64 = 0.15;
/// What a passage must have in addition if it has no preferred fact.
const MISSED: f64 = 0.15;
/// The share of a fact that is one of something else: the price of another thing.
const OF_OTHER: f64 = 0.5;
/// The number of passages up to which one word is enough to find a passage, and their share of all.
const FEW: u64 = 2;
const RARE: f64 = 0.1;

/// A passage as the answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// The numbers of the sentences to quote, in order.
    pub(super) quoted: Vec<usize>,
    /// By which the passages are compared.
    pub(super) score: f64,
    /// 0 to 90.
    pub(super) confidence: u8,
}

/// How well a passage answers; none if it does not.
pub(super) fn choice(asked: &Asked, prepared: &Prepared, passages: u64) -> Option<Choice> {
    let around = around(asked, prepared);
    let quoted = quoted(asked, prepared, &around);
    let mut held = around.clone();
    for (at, sentence) in prepared.sentences.iter().enumerate() {
        let share = if quoted.contains(&at) { 1.0 } else { UNQUOTED };
        raise(&mut held, asked, &sentence.words, share);
    }
    for (at, share) in held.iter_mut().enumerate().filter(|(at, _)| asked.terms[*at].is_fact) {
        *share *= if is_of_subject(asked, prepared, &quoted, &around, at) { 1.0 } else { OF_OTHER };
    }
    if !is_enough(asked, &held, passages) || !is_grounded(asked, prepared, &quoted) {
        return None;
    }
    let whole = asked.weight();
    let part: f64 = asked.terms.iter().zip(&held).map(|(term, share)| term.weight * share).sum();
    let coverage = if whole > 0.0 { part / whole } else { 0.0 };
    let is_preferred = quoted.iter().any(|at| prefers(asked, prepared, *at));
    let bonus = SAME_HEADING * likeness(asked, &prepared.heading) + if is_preferred { PREFERRED } else { 0.0 };
    let score = coverage + bonus;
    let confidence = (coverage.min(1.0) * MOST_CONFIDENCE).round() as u8;
    let is_missed = !asked.preferred.is_empty() && !is_preferred;
    let least = if is_missed { ENOUGH + MISSED } else { ENOUGH };
    (coverage >= least).then_some(Choice { quoted, score, confidence })
}

/// Whether a fact is one of what the question is about: named in its sentence, or in the headings and the title.
fn is_of_subject(asked: &Asked, prepared: &Prepared, quoted: &[usize], around: &[f64], fact: usize) -> bool {
    let is_subject = |term: usize| !asked.terms[term].is_fact && !asked.terms[term].is_faint;
    let mut subjects = (0..asked.terms.len()).filter(|term| is_subject(*term)).peekable();
    if subjects.peek().is_none() || subjects.any(|term| around[term] > 0.0) {
        return true;
    }
    quoted.iter().any(|at| {
        let words = prepared.sentences[*at].words.iter().filter_map(|word| asked.forms.get(word)).flatten();
        let terms: BTreeSet<usize> = words.map(|(term, _)| *term).collect();
        terms.contains(&fact) && terms.into_iter().any(is_subject)
    })
}

/// Whether something that is asked is there in its own word, or as a fact: other words of the same meaning alone say
/// too little, unless they are the heading.
fn is_grounded(asked: &Asked, prepared: &Prepared, quoted: &[usize]) -> bool {
    let sentences = quoted.iter().map(|at| &prepared.sentences[*at].words);
    let places =
        |words: &Vec<u32>| words.iter().filter_map(|word| asked.forms.get(word)).flatten().copied().collect::<Vec<_>>();
    let is_telling = |(term, _): &(usize, f64)| !asked.terms[*term].is_faint;
    let is_named = places(&prepared.heading).iter().any(is_telling);
    is_named || sentences.flat_map(places).filter(is_telling).any(|(_, share)| share > RELATED)
}

/// The share of each term in the headings and in the title.
fn around(asked: &Asked, prepared: &Prepared) -> Vec<f64> {
    let mut held = vec![0.0; asked.terms.len()];
    raise(&mut held, asked, &prepared.heading, IN_HEADING);
    raise(&mut held, asked, &prepared.above, ABOVE);
    raise(&mut held, asked, &prepared.title, IN_TITLE);
    held
}

fn raise(held: &mut [f64], asked: &Asked, words: &[u32], place: f64) {
    for (term, share) in words.iter().filter_map(|word| asked.forms.get(word)).flatten() {
        held[*term] = f64::max(held[*term], share * place);
    }
}

/// The one or two sentences that have most of what the headings lack, the better one first; without a word the ones with
/// a preferred fact, or else the first.
fn quoted(asked: &Asked, prepared: &Prepared, around: &[f64]) -> Vec<usize> {
    let all = 0..prepared.sentences.len();
    let best =
        |scores: Vec<(usize, f64)>| scores.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
    let first = all.clone().map(|at| (at, worth(asked, prepared, around, at))).collect();
    let Some((first, _)) = best(first) else { return Vec::new() };
    let mut held = around.to_vec();
    raise(&mut held, asked, &prepared.sentences[first].words, 1.0);
    // Of equal ones the nearest: a price below the name of its plan.
    let mut others: Vec<(usize, f64)> =
        all.filter(|at| *at != first).map(|at| (at, added(asked, prepared, &held, at))).collect();
    others.sort_by_key(|(at, _)| if *at > first { 2 * (at - first) - 1 } else { 2 * (first - at) });
    let second = best(others).filter(|(_, added)| *added > 0.0).map(|(at, _)| at);
    // A row is complete; a sentence may be clear only with its neighbour.
    let next = Some(first + 1).filter(|at| *at < prepared.sentences.len()).or(first.checked_sub(1));
    let second = second.or(next.filter(|_| !prepared.sentences[first].is_row));
    [first].into_iter().chain(second).collect()
}

/// How much of the question a sentence has: what it adds to the headings counts more than what it repeats.
fn worth(asked: &Asked, prepared: &Prepared, around: &[f64], at: usize) -> f64 {
    let own = added(asked, prepared, &vec![0.0; around.len()], at);
    let preferred = if prefers(asked, prepared, at) { PREFERRED * asked.weight() } else { 0.0 };
    added(asked, prepared, around, at) + own * 0.5 + preferred
}

/// The weight of what a sentence adds to what is held.
fn added(asked: &Asked, prepared: &Prepared, held: &[f64], at: usize) -> f64 {
    let mut next = held.to_vec();
    raise(&mut next, asked, &prepared.sentences[at].words, 1.0);
    next.iter().zip(held).zip(&asked.terms).map(|((next, held), term)| (next - held) * term.weight).sum()
}

fn prefers(asked: &Asked, prepared: &Prepared, sentence: usize) -> bool {
    prepared.sentences[sentence].kinds.iter().any(|kind| asked.preferred.contains(kind))
}

/// Whether the held terms are enough to answer: the needed one is, and one word alone is rare.
fn is_enough(asked: &Asked, held: &[f64], passages: u64) -> bool {
    let of = || asked.terms.iter().zip(held);
    if of().any(|(term, share)| term.is_needed && *share <= 0.0) {
        return false;
    }
    let held = of().filter(|(term, share)| **share > 0.0 && !term.is_mere);
    let held: Vec<_> = held.map(|(term, _)| term).collect();
    match held.as_slice() {
        [] => false,
        // What the firm itself has, such as its address; a price is one of something.
        [only] if only.is_fact => only.is_own || asked.terms.iter().all(|term| term.is_fact || term.is_faint),
        // Another word for one thing may be the word for another one: "bitcoin" and "card".
        [only] if !only.is_literal => false,
        [only] => only.holders <= FEW.max((passages as f64 * RARE) as u64),
        _ => true,
    }
}

/// How much a heading and the question are the same words, 0 to 1 (Dice).
fn likeness(asked: &Asked, heading: &[u32]) -> f64 {
    let words: BTreeSet<u32> = heading.iter().copied().collect();
    let shared: BTreeSet<usize> =
        words.iter().filter_map(|word| asked.forms.get(word)).flatten().map(|(term, _)| *term).collect();
    let all = words.len() + asked.terms.iter().filter(|term| !term.is_mere).count();
    if all == 0 { 0.0 } else { 2.0 * shared.len() as f64 / all as f64 }
}
