//! `GET /api/v1/sites/{key}/refused`: why signals were not stored.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// The kinds of refusal of a site, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedList {
    /// At most 100.
    pub refused: Vec<Refused>,
}

/// The outcome of signals that were not stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefusedOutcome {
    /// Invalid signals.
    #[default]
    Invalid,
    /// Signals that were filtered on purpose.
    Filtered,
    /// There were too many; browsers send them again.
    RateLimited,
}

/// Signals that were refused for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refused {
    /// The outcome.
    #[serde(default)]
    pub outcome: RefusedOutcome,
    /// The field that is wrong: a JSON pointer into the signal, or a header; empty when it is about none.
    pub pointer: String,
    /// The fault of the field, never its value; for others the reason as in `knock_signals_total`.
    pub reason: String,
    /// The last reported page they came from: its path, with stars for what may be of a person.
    #[serde(default)]
    pub page: Option<String>,
    /// The origin, if the site does not list it.
    #[serde(default)]
    pub origin: Option<String>,
    /// The number of signals.
    pub count: u64,
    /// The first of them.
    pub first_at: Millis,
    /// The last of them.
    pub last_at: Millis,
}
