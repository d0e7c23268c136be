//! The backtest: how often leads qualified, by their score before.

#[cfg(feature = "openapi")]
use crate::schema::{BucketSchema, MillisSchema};
use knock_model::{Bucket, Millis};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/backtest`, and `knock backtest --json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Backtest {
    /// Outcomes since this instant.
    pub from: Millis,
    /// The instant of the computation, in ms since 1970.
    pub at: Millis,
    /// Leads that became `Qualified` or `Rejected`, and those of them that became `Qualified`.
    pub all: OutcomeRate,
    /// Whether there are enough outcomes for any rate: 200.
    pub is_enough: bool,
    /// By `Knock: Intent Score` just before the outcome: `High`, `Medium`, `Low`.
    pub buckets: Vec<BucketOutcomes>,
    /// By bands of 10 points of the score just before the outcome, the highest first.
    pub bands: Vec<BandOutcomes>,
    /// Outcomes that are not counted: from before the instant since when signals are kept one by one, so that the score
    /// before them is not known.
    #[serde(default)]
    pub too_old: u32,
    /// Whether there were more outcomes than are looked at, 20,000; those of the leads active last are.
    #[serde(default)]
    pub is_cut: bool,
}

/// The outcomes of one bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BucketOutcomes {
    /// The bucket.
    pub bucket: Bucket,
    /// Its outcomes.
    pub outcomes: OutcomeRate,
}

/// The outcomes of one band of scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BandOutcomes {
    /// The lowest score in it.
    pub from: u32,
    /// The score that it ends before; the last one holds 100 too.
    pub to: u32,
    /// Its outcomes.
    pub outcomes: OutcomeRate,
}

/// Outcomes, and how many of them were good ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutcomeRate {
    /// Leads that became `Qualified` or `Rejected`.
    pub leads: u32,
    /// The number that became `Qualified`.
    pub qualified: u32,
    /// The share of them, with its interval; none where there are too few.
    #[serde(default)]
    pub rate: Option<RateInterval>,
}

/// A share of leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RateInterval {
    /// 0 to 1, four decimals.
    pub share: f64,
    /// The lower end of the 95 % interval (Wilson).
    pub low: f64,
    /// The upper end.
    pub high: f64,
}
