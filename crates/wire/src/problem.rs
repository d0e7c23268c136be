//! Errors: problem documents (RFC 9457).

use serde::{Deserialize, Serialize};

/// A problem document, sent as `application/problem+json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The kind of problem, a stable address.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status code.
    #[serde(rename = "status")]
    pub status_code: u16,
    /// The explanation of this occurrence.
    #[serde(default)]
    pub detail: String,
    /// The fields that are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The value that is probably meant for the wrong field: the address, where its domain looks mistyped.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suggestion: String,
}

/// A field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer to the field in the body; for other places `query/NAME` or `header/NAME`.
    pub pointer: String,
    /// The reason.
    pub reason: String,
}
