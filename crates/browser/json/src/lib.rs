//! Reads JSON into the shapes of `wire`.
//!
//! `serde_json` reads it too, but brings along numbers with fractions and words for every error: a tenth
//! of all that visitors download. What it would refuse is refused here, without a word.

#[cfg(test)]
mod fuzz;
mod invalid;
mod reader;
mod shape;
#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;

use invalid::Invalid;
use reader::Reader;

/// Reads a text; none if it is not of that shape.
pub fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader).ok()?;
    reader.is_at_end().then_some(value)
}
