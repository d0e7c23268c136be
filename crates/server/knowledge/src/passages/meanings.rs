//! What words and phrases of a text mean, so that a question and a page may say it with different ones.

use knock_agent::Language;

/// A meaning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The term by which passages are indexed that have it; no word of a text is one.
    pub(super) term: String,
    /// The stems of the words that say it.
    pub(super) words: Vec<String>,
}

/// The meanings of the words and phrases of a text, in their order.
pub(super) fn meanings(_text: &str, _language: Language) -> Vec<Meaning> {
    Vec::new()
}
