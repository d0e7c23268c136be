//! Conditions: data, not code.

mod impossible;
#[cfg(feature = "serde")]
mod json;
mod leaf;
mod operator;
mod test;
mod tried;

use crate::lead::{Field, LeadFields};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
pub use impossible::Impossible;
use knock_model::Millis;
pub use leaf::Leaf;
pub use operator::Operator;
pub use tried::Tried;

/// The maximum nesting of a condition.
const MOST_LEVELS: usize = 5;
/// The maximum number of comparisons in a condition.
const MOST_LEAVES: usize = 100;

/// A condition on the fields of a lead (RR-07).
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Every one of them; none at all is true.
    All(Vec<Condition>),
    /// At least one of them; none at all is false.
    Any(Vec<Condition>),
    /// Not this one.
    Not(Box<Condition>),
    /// A field compared with a value.
    Leaf(Leaf),
}

/// A condition that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidCondition(pub String);

impl fmt::Display for InvalidCondition {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl core::error::Error for InvalidCondition {}

impl Condition {
    /// Whether a lead matches at `now`. Without `now` nothing lies within the last days.
    pub fn holds(&self, lead: &LeadFields, now: Option<Millis>) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|part| part.holds(lead, now)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(lead, now)),
            Condition::Not(part) => !part.holds(lead, now),
            Condition::Leaf(leaf) => leaf.holds(lead, now),
        }
    }

    /// Checks the limits of depth and size.
    ///
    /// # Errors
    /// When it is too deep or asks for too many fields.
    pub fn check(&self) -> Result<(), InvalidCondition> {
        if self.levels() > MOST_LEVELS {
            return Err(InvalidCondition(alloc::format!("nested deeper than {MOST_LEVELS} levels")));
        }
        if self.leaves() > MOST_LEAVES {
            return Err(InvalidCondition(alloc::format!("asks for more than {MOST_LEAVES} fields")));
        }
        Ok(())
    }

    /// Whether it asks for no field at all.
    pub fn is_empty(&self) -> bool {
        self.leaves() == 0
    }

    /// Returns the fields that it asks for, each as often as it does.
    pub fn fields(&self) -> Vec<&Field> {
        match self {
            Condition::Leaf(leaf) => alloc::vec![leaf.field()],
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {
                self.parts().iter().flat_map(Condition::fields).collect()
            }
        }
    }

    fn levels(&self) -> usize {
        1 + self.parts().iter().map(Condition::levels).max().unwrap_or_default()
    }

    fn leaves(&self) -> usize {
        match self {
            Condition::Leaf(_) => 1,
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {
                self.parts().iter().map(Condition::leaves).sum()
            }
        }
    }

    fn parts(&self) -> &[Condition] {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts,
            Condition::Not(part) => core::slice::from_ref(part),
            Condition::Leaf(_) => &[],
        }
    }
}
