//! The comparisons that decided a condition.

use super::{Condition, Leaf};
use crate::lead::{LeadFields, Value};
use alloc::vec::Vec;
use knock_model::Millis;

/// A comparison that decided, with what the lead had.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried<'a> {
    pub leaf: &'a Leaf,
    pub value: Option<&'a Value>,
    pub holds: bool,
}

impl Condition {
    /// The comparisons that decided: all that held of an `all` that holds, the first that failed of one that does not.
    pub fn deciding<'a>(&'a self, lead: &'a LeadFields, now: Option<Millis>) -> Vec<Tried<'a>> {
        match self {
            Condition::Leaf(leaf) => {
                let value = lead.get(leaf.field());
                alloc::vec![Tried { leaf, value, holds: leaf.holds(lead, now) }]
            }
            Condition::Not(part) => part.deciding(lead, now),
            Condition::All(parts) => decisive(parts, lead, now, false),
            Condition::Any(parts) => decisive(parts, lead, now, true),
        }
    }
}

/// The first part whose answer settles the whole; every part when none does.
fn decisive<'a>(parts: &'a [Condition], lead: &'a LeadFields, now: Option<Millis>, settles: bool) -> Vec<Tried<'a>> {
    match parts.iter().find(|part| part.holds(lead, now) == settles) {
        Some(part) => part.deciding(lead, now),
        None => parts.iter().flat_map(|part| part.deciding(lead, now)).collect(),
    }
}
