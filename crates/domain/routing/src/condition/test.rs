//! The test of an operator, with an operand of the right type.

use super::Operator;
use crate::lead::{Kind, Value, instant, span};
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use knock_model::Millis;

/// The maximum number of values of a list in a condition.
const MOST_VALUES: usize = 200;

/// The positive form of an operator; a value of the wrong type passes none.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    Set,
    Same(Value),
    OneOf(Vec<Value>),
    Contains(String),
    StartsWith(String),
    EndsWith(String),
    Compared(f64, [bool; 3]),
    Between(f64, f64),
    HasAny(Vec<Value>),
    HasAll(Vec<Value>),
    Before(Millis),
    After(Millis),
    WithinLast(Millis),
}

impl Test {
    /// The test of an operator; the error says what value it needs.
    pub(super) fn new(operator: Operator, kind: Kind, value: Option<&Value>) -> Result<Test, &'static str> {
        Ok(match operator {
            Operator::IsSet | Operator::IsNotSet => match value {
                None => Test::Set,
                Some(_) => return Err("no value"),
            },
            Operator::Eq | Operator::Neq => Test::Same(scalar(kind, value)?),
            Operator::In | Operator::NotIn => Test::OneOf(list(kind, value)?),
            Operator::Contains | Operator::NotContains => Test::Contains(folded(value)?),
            Operator::StartsWith => Test::StartsWith(folded(value)?),
            Operator::EndsWith => Test::EndsWith(folded(value)?),
            Operator::Lt => Test::Compared(number(value)?, [true, false, false]),
            Operator::Lte => Test::Compared(number(value)?, [true, true, false]),
            Operator::Gte => Test::Compared(number(value)?, [false, true, true]),
            Operator::Gt => Test::Compared(number(value)?, [false, false, true]),
            Operator::Between => between(value)?,
            Operator::HasAny => Test::HasAny(list(kind, value)?),
            Operator::HasAll => Test::HasAll(list(kind, value)?),
            Operator::Before => Test::Before(moment(value)?),
            Operator::After => Test::After(moment(value)?),
            Operator::WithinLast => {
                Test::WithinLast(value.and_then(span).ok_or("a length of time such as \"7d\" or \"36h\"")?)
            }
        })
    }

    pub(super) fn holds(&self, value: &Value, now: Option<Millis>) -> bool {
        let text = |test: &dyn Fn(&str) -> bool| matches!(value, Value::Text(text) if test(text.folded()));
        let at = |test: &dyn Fn(Millis) -> bool| value.as_text().and_then(instant).is_some_and(test);
        match self {
            Test::Set => true,
            Test::Same(other) => value.is_same(other),
            Test::OneOf(others) => value.is_among(others),
            Test::Contains(part) => text(&|text| contains(text, part)),
            Test::StartsWith(start) => text(&|text| text.starts_with(start.as_str())),
            Test::EndsWith(end) => text(&|text| text.ends_with(end.as_str())),
            Test::Compared(limit, [less, same, more]) => match compared(value, *limit) {
                Some(Ordering::Less) => *less,
                Some(Ordering::Equal) => *same,
                Some(Ordering::Greater) => *more,
                None => false,
            },
            Test::Between(low, high) => {
                compared(value, *low).is_some_and(Ordering::is_ge)
                    && compared(value, *high).is_some_and(Ordering::is_le)
            }
            Test::HasAny(wanted) => elements(value).is_some_and(|list| wanted.iter().any(|one| one.is_among(list))),
            Test::HasAll(wanted) => elements(value).is_some_and(|list| wanted.iter().all(|one| one.is_among(list))),
            Test::Before(limit) => at(&|at| at < *limit),
            Test::After(limit) => at(&|at| at > *limit),
            Test::WithinLast(span) => now.is_some_and(|now| at(&|at| at <= now && now - at <= *span)),
        }
    }
}

fn compared(value: &Value, limit: f64) -> Option<Ordering> {
    match value {
        Value::Number(number) => number.partial_cmp(&limit),
        Value::Text(_) | Value::Bool(_) | Value::List(_) | Value::Other => None,
    }
}

fn elements(value: &Value) -> Option<&[Value]> {
    match value {
        Value::List(list) => Some(list),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Other => None,
    }
}

/// `str::contains` compares short texts at every place; most places are ruled out by their first byte.
fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some(first) = part.first() else { return true };
    text.iter().enumerate().any(|(place, byte)| byte == first && text[place..].starts_with(part))
}

/// One value, of the field's type.
fn scalar(kind: Kind, value: Option<&Value>) -> Result<Value, &'static str> {
    match (kind, value) {
        (Kind::Text | Kind::List | Kind::Any, Some(value @ Value::Text(_)))
        | (Kind::Number | Kind::Any, Some(value @ Value::Number(_)))
        | (Kind::Bool | Kind::Any, Some(value @ Value::Bool(_))) => Ok(value.clone()),
        (Kind::Text | Kind::List, _) => Err("a text"),
        (Kind::Number, _) => Err("a number"),
        (Kind::Bool, _) => Err("true or false"),
        (Kind::Any, _) => Err("a text, a number, true or false"),
    }
}

fn list(kind: Kind, value: Option<&Value>) -> Result<Vec<Value>, &'static str> {
    match value {
        Some(Value::List(values)) if values.len() <= MOST_VALUES => {
            values.iter().map(|one| scalar(kind, Some(one))).collect::<Result<_, _>>().map_err(|_| "a list of texts")
        }
        Some(Value::List(_)) => Err("a list of at most 200 values"),
        _ => Err("a list of texts"),
    }
}

fn folded(value: Option<&Value>) -> Result<String, &'static str> {
    match value {
        Some(Value::Text(text)) => Ok(text.folded().into()),
        _ => Err("a text"),
    }
}

fn number(value: Option<&Value>) -> Result<f64, &'static str> {
    match value {
        Some(Value::Number(number)) => Ok(*number),
        _ => Err("a number"),
    }
}

fn between(value: Option<&Value>) -> Result<Test, &'static str> {
    match value {
        Some(Value::List(ends)) => match ends.as_slice() {
            [Value::Number(low), Value::Number(high)] => Ok(Test::Between(*low, *high)),
            _ => Err("two numbers, [low, high]"),
        },
        _ => Err("two numbers, [low, high]"),
    }
}

fn moment(value: Option<&Value>) -> Result<Millis, &'static str> {
    value.and_then(Value::as_text).and_then(instant).ok_or("an instant such as \"2026-06-01T12:00:00Z\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contains_finds_what_the_standard_library_finds() {
        let texts = ["", "a", "aa", "aab", "abaab", "ß", "straße", "e", "ße", "aßa", "äß"];
        for (text, part) in texts.iter().flat_map(|text| texts.map(|part| (text, part))) {
            assert_eq!(contains(text, part), text.contains(part), "{text} {part}");
        }
    }
}
