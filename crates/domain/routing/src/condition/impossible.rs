//! Comparisons with values that a field never has.

use super::{Condition, Leaf, Operator};
use crate::lead::Value;
use alloc::string::String;
use alloc::vec::Vec;

/// A comparison with a value that its field never has, so that it says the same of every lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible {
    /// The field.
    pub field: String,
    /// The value, as it is written.
    pub value: String,
    /// The values that the field can have.
    pub options: &'static [&'static str],
}

impl Condition {
    /// Returns the first comparison with a value that its field never has; the case of letters says nothing.
    pub fn impossible(&self) -> Option<Impossible> {
        match self {
            Condition::Leaf(leaf) => leaf.impossible(),
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {
                self.parts().iter().find_map(Condition::impossible)
            }
        }
    }
}

impl Leaf {
    fn impossible(&self) -> Option<Impossible> {
        let options = self.field().options();
        let is_whole = matches!(self.operator(), Operator::Eq | Operator::Neq | Operator::In | Operator::NotIn);
        if options.is_empty() || !is_whole {
            return None;
        }
        let possible: Vec<Value> = options.iter().map(|option| Value::text(option)).collect();
        let values = match self.value()? {
            Value::List(values) => values,
            one => core::slice::from_ref(one),
        };
        let value = values.iter().filter(|value| !value.is_among(&possible)).find_map(Value::as_text)?;
        Some(Impossible { field: self.field().name().into(), value: value.into(), options })
    }
}
