//! One field compared with one value.

use super::test::Test;
use super::{InvalidCondition, Operator};
use crate::lead::{Field, LeadFields, Value};
use alloc::format;
use knock_model::Millis;

/// A field, an operator and what it is compared with: `company.employees gte 200`.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    field: Field,
    operator: Operator,
    value: Option<Value>,
    test: Test,
}

impl Leaf {
    /// A comparison.
    ///
    /// # Errors
    /// When the operator does not ask fields of this kind, or the value is not what it needs.
    pub fn new(field: Field, operator: Operator, value: Option<Value>) -> Result<Leaf, InvalidCondition> {
        let kind = field.kind();
        if !operator.asks(kind) {
            return Err(InvalidCondition(format!(
                "`{}` does not ask the {} field `{}`; expected one of {}",
                operator.as_str(),
                kind.as_str(),
                field.name(),
                Operator::asking(kind),
            )));
        }
        let test = Test::new(operator, kind, value.as_ref()).map_err(|expected| {
            InvalidCondition(format!("`{} {}` expects {expected}", field.name(), operator.as_str()))
        })?;
        Ok(Leaf { field, operator, value, test })
    }

    /// The field asked for.
    pub const fn field(&self) -> &Field {
        &self.field
    }

    /// The operator.
    pub const fn operator(&self) -> Operator {
        self.operator
    }

    /// The value of the comparison.
    pub const fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// Whether it holds. A missing value makes it false; `neq`, `not_in` and `not_contains` are the exact opposites.
    pub fn holds(&self, lead: &LeadFields, now: Option<Millis>) -> bool {
        let holds = lead.get(&self.field).is_some_and(|value| self.test.holds(value, now));
        let is_opposite =
            matches!(self.operator, Operator::Neq | Operator::NotIn | Operator::NotContains | Operator::IsNotSet);
        holds != is_opposite
    }
}
