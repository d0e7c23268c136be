//! `POST /test/clock`: steering the clock of a server started with `--test-clock`.

use serde::{Deserialize, Serialize};

/// A new time for the test clock; exactly one of the two fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClockChange {
    /// An instant such as `2026-06-01T12:00:00Z`.
    #[serde(default)]
    pub now: Option<String>,
    /// Milliseconds to go forward.
    #[serde(default)]
    pub advance_ms: Option<i64>,
}

/// The clock after the change, when all that fell due has been done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockNow {
    /// The instant.
    pub now: String,
    /// The same in ms since 1970.
    pub now_ms: i64,
}
