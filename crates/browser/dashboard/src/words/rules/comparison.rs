//! Editor of a comparison: a field, an operator, and typed values.

use knock_routing::{Field, Kind, Leaf, Operator, Value};

use crate::kit::letters;
use crate::words::rules::next_id;

/// A field compared with typed values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// Its key.
    pub(crate) id: usize,
    /// The name of the field.
    pub(crate) field: String,
    pub(crate) operator: Operator,
    /// The values, as typed.
    pub(crate) values: Vec<String>,
    /// The kind of its values, for fields of any kind.
    pub(crate) typed: Kind,
}

/// The number of values of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Nothing,
    One,
    /// Two numbers.
    Pair,
    /// One or more.
    Several,
}

impl Comparison {
    /// A new comparison of a field, without values.
    pub(crate) fn new(field: &str) -> Comparison {
        let mut new = Comparison {
            id: next_id(),
            field: String::new(),
            operator: Operator::Eq,
            values: Vec::new(),
            typed: Kind::Text,
        };
        new.ask(field, Kind::Text);
        new
    }

    /// A comparison of a saved rule.
    pub(crate) fn read(leaf: &Leaf) -> Comparison {
        let values = match leaf.value() {
            None => Vec::new(),
            Some(Value::List(values)) => values.iter().map(value_text).collect(),
            Some(value) => vec![value_text(value)],
        };
        let first = match leaf.value() {
            Some(Value::List(values)) => values.first(),
            other => other,
        };
        let typed = match first {
            Some(Value::Number(_)) => Kind::Number,
            Some(Value::Bool(_)) => Kind::Bool,
            Some(Value::Text(_) | Value::List(_) | Value::Other) | None => Kind::Text,
        };
        let (field, operator) = (leaf.field().name().to_owned(), leaf.operator());
        Comparison { id: next_id(), field, operator, values, typed }
    }

    /// The kind of its field.
    pub(crate) fn kind(&self) -> Kind {
        Field::parse(&self.field).map_or(Kind::Any, |field| field.kind())
    }

    pub(crate) fn value_kind(&self) -> Kind {
        match (self.kind(), self.operator) {
            (Kind::Any, Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte | Operator::Between) => {
                Kind::Number
            }
            (Kind::Any, Operator::Eq | Operator::Neq | Operator::In | Operator::NotIn) => self.typed,
            (Kind::Any | Kind::List, _) => Kind::Text,
            (kind, _) => kind,
        }
    }

    /// The operators of its field; for a custom field, those of the kind of its values.
    pub(crate) fn operators(&self) -> Vec<Operator> {
        let kind = if self.kind() == Kind::Any && self.typed != Kind::Text { self.typed } else { self.kind() };
        let mut all: Vec<Operator> = Operator::ALL.iter().copied().filter(|operator| operator.asks(kind)).collect();
        if !all.contains(&self.operator) {
            all.push(self.operator);
        }
        all
    }

    /// Replaces the field; `typed` is the kind of its values if it can hold any.
    pub(crate) fn ask(&mut self, field: &str, typed: Kind) {
        field.clone_into(&mut self.field);
        self.typed = typed;
        self.values.clear();
        let kind = self.kind();
        let asked = if kind == Kind::Any && typed != Kind::Text { typed } else { kind };
        self.operator = match asked {
            Kind::List => Operator::HasAny,
            Kind::Number => Operator::Gte,
            Kind::Text | Kind::Bool | Kind::Any => Operator::Eq,
        };
    }

    /// Replaces the operator; values that fit stay.
    pub(crate) fn ask_by(&mut self, operator: Operator) {
        let before = self.shape();
        self.operator = operator;
        match self.shape() {
            Shape::Nothing => self.values.clear(),
            Shape::One if before != Shape::One => self.values.truncate(1),
            Shape::Pair => self.values.resize(2, String::new()),
            Shape::One | Shape::Several => {}
        }
    }

    /// The number of values of its operator.
    pub(crate) const fn shape(&self) -> Shape {
        match self.operator {
            Operator::IsSet | Operator::IsNotSet => Shape::Nothing,
            Operator::Between => Shape::Pair,
            Operator::In | Operator::NotIn | Operator::HasAny | Operator::HasAll => Shape::Several,
            Operator::Eq
            | Operator::Neq
            | Operator::Contains
            | Operator::NotContains
            | Operator::StartsWith
            | Operator::EndsWith
            | Operator::Gt
            | Operator::Gte
            | Operator::Lt
            | Operator::Lte
            | Operator::Before
            | Operator::After
            | Operator::WithinLast => Shape::One,
        }
    }

    pub(crate) fn value(&self, place: usize) -> &str {
        self.values.get(place).map_or("", String::as_str)
    }

    pub(crate) fn write(&mut self, place: usize, value: String) {
        if self.values.len() <= place {
            self.values.resize(place + 1, String::new());
        }
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
        }
    }

    /// The comparison of a rule; the error names the missing input.
    pub(crate) fn leaf(&self) -> Result<Leaf, String> {
        let field = Field::parse(&self.field).map_err(|unknown| unknown.to_string())?;
        let value = self.operand().map_err(str::to_owned)?;
        Leaf::new(field, self.operator, value).map_err(|invalid| invalid.to_string())
    }

    fn operand(&self) -> Result<Option<Value>, &'static str> {
        let mut values = Vec::new();
        for text in self.values.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            values.push(typed_value(text, self.value_kind(), self.operator)?);
        }
        match self.shape() {
            Shape::Nothing => Ok(None),
            Shape::One => values.into_iter().next().map(Some).ok_or("Fill in a value."),
            Shape::Pair if values.len() == 2 => Ok(Some(Value::List(values))),
            Shape::Pair => Err("Fill in two numbers."),
            Shape::Several if values.is_empty() => Err("Add at least one value."),
            Shape::Several => Ok(Some(Value::List(values))),
        }
    }
}

fn typed_value(text: &str, kind: Kind, operator: Operator) -> Result<Value, &'static str> {
    let number = letters::number(text).map(Value::Number);
    match kind {
        Kind::Number => number.ok_or("Fill in a number."),
        Kind::Bool => text.parse().map(Value::Bool).map_err(|_| "Choose yes or no."),
        // A duration may be in milliseconds.
        Kind::Text | Kind::List | Kind::Any if operator == Operator::WithinLast => {
            Ok(number.unwrap_or_else(|| Value::text(text)))
        }
        Kind::Text | Kind::List | Kind::Any => Ok(Value::text(text)),
    }
}

/// A value as typed by a person.
pub(crate) fn value_text(value: &Value) -> String {
    match value {
        Value::Text(_) => value.as_text().unwrap_or_default().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(bool) => bool.to_string(),
        Value::List(values) => values.iter().map(value_text).collect::<Vec<_>>().join(", "),
        Value::Other => String::new(),
    }
}
