//! `POST /api/v1/rules/matches`: the number of leads that each segment of a draft matches.

#[cfg(feature = "openapi")]
use crate::schema::RuleSchema;
use knock_routing::Rule;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/rules/matches`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleMatchesAsk {
    /// The draft.
    pub rule: Rule,
    /// The number of days back, 1 to 90.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 90))]
    pub days: u32,
}

/// The number of leads of the last days that each segment matches, by the fields of their last decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleMatches {
    /// The number of leads in the comparison: all leads of the rule's funnel.
    pub leads: u32,
    /// The segments, from top to bottom.
    pub segments: Vec<SegmentMatches>,
    /// The number of leads that no segment matches.
    pub fallback: u32,
    /// Whether there are more leads than the limit; the oldest are then left out.
    pub is_cut: bool,
}

/// The number of leads of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SegmentMatches {
    /// Its id.
    pub id: String,
    /// The number of leads that match its condition, at any position, also while it is disabled.
    pub matches: u32,
    /// The number of leads for whom it is the first matching segment.
    pub gets: u32,
}
