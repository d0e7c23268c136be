//! Values of fields, before a CRM's own spelling.

use alloc::borrow::ToOwned;
use alloc::string::String;
use knock_model::Millis;

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Value {
    /// A text, or the option of a choice.
    Text(String),
    Number(f64),
    Instant {
        at: Millis,
        /// The day that it is for the member it concerns, as days since 1970-01-01.
        day: i32,
    },
}

impl Value {
    /// A text.
    pub fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}
