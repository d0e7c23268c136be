//! `GET /api/v1/sites/{key}/refused`: why signals could not be used.

use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// The kinds of refusal of a site, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedList {
    /// At most 100.
    pub refused: Vec<Refused>,
}

/// Signals that were refused for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refused {
    /// The field that is wrong: a JSON pointer into the signal, or a header.
    pub pointer: String,
    /// What is wrong with it; never what it held.
    pub reason: String,
    /// Where they came from, when the site does not list that origin.
    #[serde(default)]
    pub origin: Option<String>,
    /// How many signals.
    pub count: u64,
    /// The first of them.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub first_at: Millis,
    /// The last of them.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub last_at: Millis,
}
