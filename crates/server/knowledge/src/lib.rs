//! The knowledge of the AI agent about a site.
//!
//! Documents become passages ([`read_document`]). Passages and the team's answers are searched by an index in memory,
//! which is rebuilt from the store after each change of the knowledge ([`Knowledge`]). Whether a found text answers the
//! question is decided by functions of words alone, so that the same question always gets the same answer.

mod document;
#[cfg(test)]
mod fuzz;
mod knowledge;
mod language;
mod passages;
mod site_index;
mod synonyms;
mod taught;
mod words;

pub use document::{Document, FileKind, MAX_PASSAGES, Unreadable, read_document};
pub use knowledge::Knowledge;
pub use site_index::{Damaged, SiteIndex};
