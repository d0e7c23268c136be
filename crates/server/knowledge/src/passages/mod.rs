//! Answers from the passages of pages and files.

mod asked;
mod choice;
mod cues;
mod excerpt;
mod index;
mod kin;
mod kinds;
mod meanings;
mod repeated;
mod terms;
#[cfg(test)]
mod tests;

pub(crate) use excerpt::sentences;
#[cfg(test)]
pub(crate) use excerpt::{LONGEST, quote};
pub(crate) use index::PassageIndex;

use knock_agent::Language;
use knock_ports::StoredPassage;
use tantivy::TantivyError;

/// The passage that answers a text best, with its confidence; of equal ones the first.
///
/// # Errors
/// When the index is damaged.
pub(crate) fn best_passage<'i>(
    index: &'i PassageIndex,
    text: &str,
    language: Language,
) -> Result<Option<(&'i StoredPassage, u8)>, TantivyError> {
    let asked = asked::asked(index, text, language)?;
    let passages = index.count_passages(language);
    let candidates = index.candidates(&asked, language)?.into_iter();
    let fitting =
        candidates.filter_map(|(stored, prepared)| Some((stored, choice::choice(&asked, prepared, passages)?)));
    let best = fitting.reduce(|best, next| if next.1.score > best.1.score { next } else { best });
    Ok(best.map(|(stored, choice)| (stored, choice.confidence)))
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
    let asked = asked::asked(index, text, language)?;
    let prepared = index.prepared(passage);
    let choice = prepared.and_then(|prepared| choice::choice(&asked, prepared, index.count_passages(language)));
    let quoted = choice.map_or_else(|| vec![0], |choice| choice.quoted);
    let heading = passage.passage.heading.rsplit(" › ").next().unwrap_or_default();
    Ok(excerpt::quote(&passage.passage.text, heading, &quoted))
}
