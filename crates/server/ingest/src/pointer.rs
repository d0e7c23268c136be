//! The field of an error of the JSON reader.

use knock_wire::FieldError;
use serde::Deserialize;
use serde_path_to_error::{Path, Segment};
use std::fmt::Write;

/// Parses JSON; an error names the field by a JSON pointer.
///
/// # Errors
/// When it is not JSON or not of the shape of `T`.
pub fn located<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, FieldError> {
    if is_list(json) {
        return Err(FieldError { pointer: String::new(), reason: "is a list, expected an object".into() });
    }
    let mut reader = serde_json::Deserializer::from_slice(json);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let reason = without_place(&error.inner().to_string());
        FieldError { pointer: pointer_of(error.path(), &reason), reason }
    })?;
    reader.end().map_err(|error| FieldError { pointer: String::new(), reason: without_place(&error.to_string()) })?;
    Ok(read)
}

/// Whether it starts as a list: the reader would accept one for an object, field by field.
pub(crate) fn is_list(json: &[u8]) -> bool {
    json.trim_ascii_start().starts_with(b"[")
}

/// Returns the JSON pointer of a path; a missing field is named by the message only.
pub fn pointer_of(path: &Path, reason: &str) -> String {
    let mut pointer = String::new();
    for segment in path {
        let done = match segment {
            Segment::Seq { index } => write!(pointer, "/{index}"),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                write!(pointer, "/{}", key.replace('~', "~0").replace('/', "~1"))
            }
            Segment::Unknown => Ok(()),
        };
        debug_assert!(done.is_ok(), "writing to a String cannot fail");
    }
    let named = reason.strip_prefix("missing field `").or_else(|| reason.strip_prefix("duplicate field `"));
    if let Some(field) = named.and_then(|rest| rest.split('`').next())
        && !pointer.ends_with(&format!("/{field}"))
    {
        pointer.push('/');
        pointer.push_str(field);
    }
    pointer
}

/// Returns the message without "at line 1 column 7", which is of no use to a program.
fn without_place(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(reason, _)| reason).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn an_error_names_its_field() {
        #[derive(Debug, Deserialize)]
        struct Shape {
            #[expect(dead_code, reason = "only read from JSON")]
            list: Vec<BTreeMap<String, u8>>,
        }
        let cases = [
            ("{}", "/list", "missing field `list`"),
            (r#"{"list": 1}"#, "/list", "invalid type: integer `1`, expected a sequence"),
            (r#"{"list": [{}, {"a/b": -1}]}"#, "/list/1/a~1b", "invalid value: integer `-1`, expected u8"),
            ("nonsense", "", "expected ident"),
            ("[[]]", "", "is a list, expected an object"),
            ("{nonsense}", "", "key must be a string"),
        ];
        for (json, pointer, reason) in cases {
            let error = located::<Shape>(json.as_bytes()).expect_err(json);
            assert_eq!((error.pointer.as_str(), error.reason.as_str()), (pointer, reason), "{json}");
        }
    }
}
