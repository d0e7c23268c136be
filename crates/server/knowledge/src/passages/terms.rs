//! What a question asks of a passage.

use super::kinds::Kind;
use std::collections::{BTreeSet, HashMap};

/// Something that a passage must have.
pub(super) struct Term {
    /// How telling it is: its inverse document frequency.
    pub(super) weight: f64,
    /// The number of passages that have one of its forms.
    pub(super) holders: u64,
    /// Whether a passage has it in the asked word, or in a kindred one.
    pub(super) is_literal: bool,
    /// Whether it is a fact that the question asks for, such as a price.
    pub(super) is_fact: bool,
    /// Whether it is a fact about the firm itself, such as its telephone number.
    pub(super) is_own: bool,
    /// Whether it says little about a subject.
    pub(super) is_faint: bool,
    /// Whether it says nothing about a subject, and only which of two answers is the better one.
    pub(super) is_mere: bool,
    /// Whether a passage without it cannot be the answer: the word after "which".
    pub(super) is_needed: bool,
}

/// A question.
pub(super) struct Asked {
    pub(super) terms: Vec<Term>,
    /// The words of the index that stand for a term, with the numbers of the terms and the share of its meaning.
    pub(super) forms: HashMap<u32, Vec<(usize, f64)>>,
    /// The facts that an answer should rather state.
    pub(super) preferred: BTreeSet<Kind>,
}

impl Asked {
    /// The weight of all terms.
    pub(super) fn weight(&self) -> f64 {
        self.terms.iter().map(|term| term.weight).sum()
    }
}
