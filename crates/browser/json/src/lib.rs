//! Reads JSON into the shapes of `wire`.
//!
//! `serde_json` reads it too, but brings along words for every error, and compiles anew for each shape what is here
//! once: a tenth of all that visitors download. What it would refuse is refused here, without a word. [`Value`] is for
//! shapes that are read in one place: it needs no function for each.

mod fields;
#[cfg(test)]
mod fuzz;
mod invalid;
mod number;
mod reader;
mod shape;
#[cfg(test)]
mod tests;
mod value;

use serde::de::DeserializeOwned;

use invalid::Invalid;
use reader::Reader;

pub use value::Value;

/// Reads a text whose numbers are whole; none if it is not of that shape.
pub fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    read(Reader::new(text))
}

/// Reads a text that may have numbers with fractions, which takes more code; none if it is not of that shape.
pub fn parse_with_fractions<T: DeserializeOwned>(text: &str) -> Option<T> {
    read(Reader::new(text).with_fractions())
}

fn read<T: DeserializeOwned>(mut reader: Reader<'_>) -> Option<T> {
    let value = T::deserialize(&mut reader).ok()?;
    reader.is_at_end().then_some(value)
}
