//! Drafts of routing rules, and how they read.

pub(crate) mod compare;
pub(crate) mod comparison;
pub(crate) mod condition;
pub(crate) mod counting;
pub(crate) mod draft;
pub(crate) mod draft_decision;
pub(crate) mod fault;
pub(crate) mod level;
pub(crate) mod target;
pub(crate) mod texts;

use std::sync::atomic::{AtomicUsize, Ordering};

/// A new number, unique in this tab: the key of a part of a draft.
pub(crate) fn next_id() -> usize {
    // Lower numbers are reserved for the parts that every draft has.
    static NEXT: AtomicUsize = AtomicUsize::new(16);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
