//! Checks that every reader can parse the properties: JSON that is only passed on is not checked otherwise.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// The maximum nesting of properties.
const MAX_DEPTH: u8 = 8;

/// Checks a JSON text: not nested too deeply, no duplicate key, no NUL, no invalid number or character.
pub(crate) fn sound(json: &str) -> Result<(), String> {
    let mut reader = serde_json::Deserializer::from_str(json);
    Sound { left: MAX_DEPTH }.deserialize(&mut reader).map_err(|error| {
        let message = error.to_string();
        message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason).to_owned()
    })
}

/// A value; `left` is the number of levels allowed below it.
struct Sound {
    left: u8,
}

impl<'de> DeserializeSeed<'de> for Sound {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl Sound {
    fn inner<E: Error>(&self) -> Result<Sound, E> {
        let left = self.left.checked_sub(1);
        left.map(|left| Sound { left }).ok_or_else(|| E::custom(format!("is nested deeper than {MAX_DEPTH}")))
    }
}

/// Refuses NUL, which PostgreSQL cannot store and no sender needs.
fn without_nul<E: Error>(text: &str) -> Result<(), E> {
    if text.contains('\0') { Err(E::custom("holds a NUL character")) } else { Ok(()) }
}

impl<'de> Visitor<'de> for Sound {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        without_nul(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(self.inner()?)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = object.next_key::<String>()? {
            without_nul(&key)?;
            object.next_value_seed(self.inner()?)?;
            if !keys.insert(key) {
                return Err(A::Error::custom("holds a key twice"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_some_reader_could_not_read_is_refused() {
        let deep = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        let cases = [
            (r#"{"a": [1, -0, 1.5, true, null, "x", {"b": {}}]}"#.to_owned(), None),
            (r#"{"a": 18446744073709551615, "b": -9223372036854775808}"#.to_owned(), None),
            (r#"{"a": "\u00e9 \ud83d\ude00 \u202e"}"#.to_owned(), None),
            (deep(8), None),
            (deep(9), Some("is nested deeper than 8")),
            (deep(100_000), Some("is nested deeper than 8")),
            (r#"{"a": 1e999}"#.to_owned(), Some("number out of range")),
            (r#"{"a": "\ud800"}"#.to_owned(), Some("unexpected end of hex escape")),
            (r#"{"a": "x\u0000y"}"#.to_owned(), Some("holds a NUL character")),
            (r#"{"\u0000": 1}"#.to_owned(), Some("holds a NUL character")),
            (r#"{"a": 1, "b": {"a": 1}, "a": 2}"#.to_owned(), Some("holds a key twice")),
        ];
        for (json, expected) in cases {
            let found = sound(&json).err();
            assert_eq!(found.as_deref(), expected, "{}", &json[..json.len().min(80)]);
        }
    }
}
