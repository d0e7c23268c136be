//! State of the Routing Rules pages: the list, the draft, and what-if.

mod compare;
mod comparison;
mod condition;
mod custom_fields;
mod draft;
mod draft_decision;
mod editing;
mod fault;
mod form;
mod list;
mod target;
mod templates;
mod tester;
mod words;

pub(crate) use compare::changes;
pub(crate) use comparison::{Comparison, Shape};
pub(crate) use condition::{Group, Joint, Part};
pub(crate) use custom_fields::FieldsForm;
pub(crate) use draft::{RuleDraft, SegmentDraft};
pub(crate) use draft_decision::{TestResult, decide_by_draft};
pub(crate) use fault::{FALLBACK, Fault, NAME};
pub(crate) use form::{DAYS, RuleForm, add_id, name_id, part_id, target_id};
pub(crate) use list::{Level, RuleDialog, RuleLine, Rules, STARTS, segment_count};
pub(crate) use target::{TargetDraft, Way};
pub(crate) use templates::rename_id;
pub(crate) use tester::{Tester, TriedField};
pub(crate) use words::{
    condition_words, fallback_count_words, joint_label, level_words, segment_count_words, target_words, uses_words,
    way_label,
};

use std::sync::atomic::{AtomicUsize, Ordering};

/// A new number, unique in this tab: the key of a part of a draft.
pub(crate) fn next_id() -> usize {
    // Lower numbers are reserved for the parts that every draft has.
    static NEXT: AtomicUsize = AtomicUsize::new(16);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
