//! Checks that every reader can parse the properties, and whether all of them may be stored: JSON that is only passed on
//! is not checked otherwise.

use crate::secrets::{is_clean, is_clean_number};
use knock_model::text::is_secret_name;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

/// The maximum nesting of properties.
const MAX_DEPTH: u8 = 8;

/// Checks a JSON text: not nested too deeply, no duplicate key, no NUL, no invalid number or character. Returns whether
/// it may be stored as it is: no secret, no number of a card, no control character.
pub(crate) fn sound(json: &str) -> Result<bool, String> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let is_clean = Cell::new(true);
    let checked = Sound { left: MAX_DEPTH, is_clean: &is_clean }.deserialize(&mut reader);
    checked.map(|()| is_clean.get()).map_err(|error| {
        let message = error.to_string();
        message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason).to_owned()
    })
}

/// A value; `left` is the number of levels allowed below it.
struct Sound<'c> {
    left: u8,
    /// Whether all values so far may be stored.
    is_clean: &'c Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Sound<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl Sound<'_> {
    fn inner<E: Error>(&self) -> Result<Self, E> {
        let left = self.left.checked_sub(1);
        left.map(|left| Sound { left, is_clean: self.is_clean })
            .ok_or_else(|| E::custom(format!("is nested deeper than {MAX_DEPTH}")))
    }
}

/// Refuses NUL, which PostgreSQL cannot store and no sender needs.
fn without_nul<E: Error>(text: &str) -> Result<(), E> {
    if text.contains('\0') { Err(E::custom("holds a NUL character")) } else { Ok(()) }
}

impl<'de> Visitor<'de> for Sound<'_> {
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

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.is_clean.set(self.is_clean.get() && is_clean_number(number));
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.is_clean.set(self.is_clean.get() && is_clean(text));
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
            self.is_clean.set(self.is_clean.get() && !is_secret_name(&key));
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
