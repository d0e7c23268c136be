//! Answers from the passages of pages and files.

mod confidence;
mod excerpt;
mod index;

#[cfg(test)]
pub(crate) use excerpt::LONGEST;
pub(crate) use excerpt::{excerpt, sentences};
pub(crate) use index::PassageIndex;

use crate::words::{asked_words, words};
use confidence::{AskedWord, Held};
use knock_agent::Language;
use knock_ports::StoredPassage;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::TantivyError;

/// The passage that answers a text best, with its confidence.
///
/// # Errors
/// When the index is damaged.
pub(crate) fn best_passage<'i>(
    index: &'i PassageIndex,
    text: &str,
    language: Language,
) -> Result<Option<(&'i StoredPassage, u8)>, TantivyError> {
    let holders = holders(index, text, language)?;
    let passages = index.count_passages(language);
    let fitting = index.passages(text, language)?.into_iter().filter_map(|candidate| {
        let passage = &candidate.item.passage;
        let of = |text: &str| words(text, language).into_iter().collect::<BTreeSet<String>>();
        let (heading, text) = (of(&passage.heading), of(&format!("{}\n{}", passage.title, passage.text)));
        let held = |word: &String| match (heading.contains(word), text.contains(word)) {
            (true, _) => Held::InHeading,
            (false, true) => Held::InText,
            (false, false) => Held::Nowhere,
        };
        let asked = holders.iter().map(|(word, holders)| AskedWord { holders: *holders, held: held(word) });
        let asked: Vec<AskedWord> = asked.collect();
        Some((candidate, confidence::of_passage(&asked, passages)?))
    });
    let best = fitting.reduce(|best, next| {
        let order = next.1.cmp(&best.1).then(next.0.score.total_cmp(&best.0.score));
        if order.is_gt() { next } else { best }
    });
    Ok(best.map(|(candidate, confidence)| (candidate.item, confidence)))
}

/// Returns the asked words with the number of passages that contain each.
fn holders(index: &PassageIndex, text: &str, language: Language) -> Result<BTreeMap<String, u64>, TantivyError> {
    let asked = asked_words(text, language).into_iter();
    asked.map(|word| index.holders(&word, language).map(|holders| (word, holders))).collect()
}

/// The answer of a passage to a text.
///
/// # Errors
/// When the index is damaged.
pub(crate) fn said(
    index: &PassageIndex,
    passage: &StoredPassage,
    text: &str,
    language: Language,
) -> Result<String, TantivyError> {
    let passages = index.count_passages(language);
    let rarities = holders(index, text, language)?.into_iter();
    let rarities = rarities.map(|(word, holders)| (word, confidence::rarity(holders, passages))).collect();
    Ok(excerpt(&passage.passage.text, &rarities, language))
}
