//! Values at JSON pointers (RFC 6901), as routing wants them.

use knock_model::{EnrichedField, Label};
use knock_ports::FieldMapping;
use knock_routing::{Field, Kind, Value};
use serde_json::Value as Json;

/// The most elements of a list.
const MOST: usize = 200;
/// The longest pointer, in bytes.
const LONGEST_POINTER: usize = 500;

/// The result for a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapped {
    pub field: EnrichedField,
    /// Its value, or why it has none.
    pub value: Result<Value, String>,
}

/// Checks the form of a JSON pointer.
///
/// # Errors
/// What is wrong, for the person who wrote it.
pub fn check_pointer(pointer: &str) -> Result<(), &'static str> {
    let escapes = pointer.split('~').skip(1);
    if !pointer.starts_with('/') {
        return Err("is no JSON pointer such as /company/employees");
    }
    if escapes.clone().any(|rest| !rest.starts_with(['0', '1'])) {
        return Err("has a ~ that is neither ~0 (for ~) nor ~1 (for /)");
    }
    if pointer.len() > LONGEST_POINTER { Err("is longer than 500 bytes") } else { Ok(()) }
}

pub(crate) fn map(answer: &Json, fields: &[FieldMapping]) -> Vec<Mapped> {
    let mapped = fields.iter().map(|mapping| {
        let found = answer.pointer(&mapping.pointer).filter(|found| !found.is_null());
        let value = found.ok_or_else(|| "is not in the answer".to_owned());
        Mapped { field: mapping.field, value: value.and_then(|found| coerced(found, kind(mapping.field))) }
    });
    mapped.collect()
}

fn kind(field: EnrichedField) -> Kind {
    Field::parse(field.as_str()).map_or(Kind::Text, |field| field.kind())
}

/// A value of another type than its field's counts as missing, unless a text says it in the usual way.
fn coerced(found: &Json, kind: Kind) -> Result<Value, String> {
    match (kind, found) {
        (Kind::Number, Json::Number(number)) => number.as_f64().map(Value::Number).ok_or_else(|| wrong(found, kind)),
        (Kind::Number, Json::String(text)) => numeric(text).map(Value::Number).ok_or_else(|| wrong(found, kind)),
        (Kind::List, Json::Array(elements)) => {
            list(elements.iter().map(Json::as_str)).unwrap_or_else(|| Err(wrong(found, kind)))
        }
        (Kind::List, Json::String(text)) => list(text.split(',').map(Some)).unwrap_or_else(|| Err(wrong(found, kind))),
        (Kind::Text, Json::String(text)) => checked(text),
        _ => Err(wrong(found, kind)),
    }
}

/// A number as JSON writes it; whatever else a text says is none.
fn numeric(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse::<f64>().ok().filter(|number| is_plain && number.is_finite())
}

/// None where an element is no text.
fn list<'t>(elements: impl Iterator<Item = Option<&'t str>>) -> Option<Result<Value, String>> {
    let texts = elements.map(|element| element.map(str::trim)).collect::<Option<Vec<_>>>()?;
    let texts = texts.into_iter().filter(|text| !text.is_empty()).take(MOST).map(checked);
    let listed = texts.collect::<Result<Vec<_>, _>>();
    Some(listed.and_then(|listed| if listed.is_empty() { Err("is empty".to_owned()) } else { Ok(Value::List(listed)) }))
}

/// A text on one line.
fn checked(text: &str) -> Result<Value, String> {
    let (text, label) = (text.trim(), Label::parse(text));
    if label.is_empty() {
        return Err("is empty".to_owned());
    }
    if text.chars().count() > Label::MAX {
        return Err(format!("is longer than {} characters", Label::MAX));
    }
    Ok(Value::text(&label))
}

fn wrong(found: &Json, kind: Kind) -> String {
    let found = match found {
        Json::Null => "nothing",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    let wanted = match kind {
        Kind::Number => "a number",
        Kind::List => "a list of texts",
        Kind::Text | Kind::Bool | Kind::Any => "a text",
    };
    format!("is {found} and no {}", wanted.trim_start_matches("a "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(found: &Json, field: EnrichedField, expected: Result<Value, &str>) {
        let answer = json!({"at": {"a/b": [found]}});
        let mapping = FieldMapping { field, pointer: "/at/a~1b/0".into() };
        let mapped = map(&answer, &[mapping]);
        assert_eq!(mapped, [Mapped { field, value: expected.map_err(str::to_owned) }], "{found}");
    }

    #[test]
    fn values_are_read_as_the_type_of_their_field() {
        let employees = EnrichedField::CompanyEmployees;
        for (found, number) in [(json!(250), 250.0), (json!("250"), 250.0), (json!(" 2.5e3 "), 2_500.0)] {
            check(&found, employees, Ok(Value::Number(number)));
        }
        for text in ["51-200", "250 people", "1,200", "NaN", "inf", ""] {
            check(&json!(text), employees, Err("is a text and no number"));
        }
        check(&json!(true), employees, Err("is true or false and no number"));
        check(&json!([1]), employees, Err("is a list and no number"));
        let texts = |texts: &[&str]| Ok(Value::List(texts.iter().map(|text| Value::text(text)).collect()));
        let technologies = EnrichedField::CompanyTechnologies;
        check(&json!(["Rust", " Go "]), technologies, texts(&["Rust", "Go"]));
        check(&json!("Rust, Go,, "), technologies, texts(&["Rust", "Go"]));
        check(&json!(["Rust", 1]), technologies, Err("is a list and no list of texts"));
        check(&json!(", "), technologies, Err("is empty"));
        check(&json!(" Acme "), EnrichedField::CompanyName, Ok(Value::text("Acme")));
        check(&json!(7), EnrichedField::CompanyName, Err("is a number and no text"));
        check(&json!({"a": 1}), EnrichedField::PersonTitle, Err("is an object and no text"));
        check(&json!("x".repeat(501)), EnrichedField::PersonTitle, Err("is longer than 500 characters"));
        check(&json!(null), EnrichedField::PersonTitle, Err("is not in the answer"));
    }

    #[test]
    fn pointers_are_checked_by_their_form() {
        for good in ["/a", "/a/0/b~0c~1d", "/"] {
            assert_eq!(check_pointer(good), Ok(()), "{good}");
        }
        for wrong in ["", "a/b", "$.a", "/a~2", "/a~"] {
            assert!(check_pointer(wrong).is_err(), "{wrong}");
        }
        assert!(check_pointer(&format!("/{}", "x".repeat(500))).is_err());
    }
}
