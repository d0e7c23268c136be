//! What words and phrases of a text mean, so that a question and a page may say it with different ones.

use crate::synonyms::Synonyms;
use crate::words::read_words;
use knock_agent::Language;

/// A meaning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The term by which passages are indexed that have it; no word of a text is one.
    pub(super) term: String,
    /// The stems of the words that say it.
    pub(super) words: Vec<String>,
}

/// What a group must say about the subject to be a meaning.
const TELLING: f32 = 1.0;

/// The meanings of the words and phrases of a text, in their order.
pub(super) fn meanings(text: &str, language: Language) -> Vec<Meaning> {
    let synonyms = Synonyms::of(language);
    let words = read_words(text, language);
    let (mut all, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let alone = || (1, synonyms.groups(&words[at].stem).to_vec());
        let (length, groups) = synonyms.phrase(&words[at..]).unwrap_or_else(alone);
        let said: Vec<String> = words[at..at + length].iter().map(|word| word.stem.clone()).collect();
        let telling = groups.into_iter().filter(|group| synonyms.weights[usize::from(*group)] >= TELLING);
        all.extend(telling.map(|group| Meaning { term: format!("§{group}"), words: said.clone() }));
        at += length;
    }
    all
}
