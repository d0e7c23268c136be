//! The one error: it says nothing, so that no words for it are downloaded.

use serde::de::{Error, Expected, Unexpected};
use std::fmt;

/// The value has another shape.
#[derive(Debug)]
pub(super) struct Invalid;

impl fmt::Display for Invalid {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Invalid {}

// Each of these would write a sentence.
impl Error for Invalid {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Invalid
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Invalid
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Invalid
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Invalid
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Invalid
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Invalid
    }
    fn missing_field(_: &'static str) -> Self {
        Invalid
    }
    fn duplicate_field(_: &'static str) -> Self {
        Invalid
    }
}
