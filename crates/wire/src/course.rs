//! The score of a contact over time.

use crate::BucketChange;
#[cfg(feature = "openapi")]
use crate::schema::{CategorySchema, MillisSchema, SignalIdSchema, SignalTypeSchema};
use knock_model::{Category, Millis, SignalId, SignalType};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/contacts/{id}/score`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreCourse {
    /// The first instant, in ms since 1970.
    pub from: Millis,
    /// The last instant, in ms since 1970.
    pub to: Millis,
    /// The score at about 200 instants at most, oldest first; the first one is that of the first signal where that is
    /// later than `from`.
    pub samples: Vec<ScoreSample>,
    /// The changes of `Knock: Intent Score` within it, oldest first.
    pub changes: Vec<BucketChange>,
    /// The signals that moved the score by a point or more, oldest first, at most 50: those that moved it most.
    pub causes: Vec<ScoreCause>,
    /// Signals that moved it by a point or more and are not among the causes.
    #[serde(default)]
    pub left_out: u32,
}

/// The score at an instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreSample {
    /// The instant.
    pub at: Millis,
    /// The points, 0 to 100, one decimal.
    pub score: f64,
}

/// A signal that moved a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreCause {
    /// The signal.
    pub signal: SignalId,
    /// The instant of the event, in ms since 1970.
    pub at: Millis,
    /// The signal type.
    #[serde(rename = "type")]
    pub kind: SignalType,
    /// The category.
    pub category: Category,
    /// The page; empty where there was none.
    #[serde(default)]
    pub url: String,
    /// The title of the page.
    #[serde(default)]
    pub title: String,
    /// By how many points, one decimal; fewer than none where it lowered the score.
    pub points: f64,
    /// The score after it, one decimal.
    pub score: f64,
}
