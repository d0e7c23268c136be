//! `POST /api/v1/rules/matches`: how many leads each segment of a draft matches.

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
    /// How many days back, 1 to 90.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 90))]
    pub days: u32,
}

/// How many leads of the last days each segment matches, by what was known of them at their last decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleMatches {
    /// Leads looked at: all of the rule's funnel.
    pub leads: u32,
    /// From top to bottom.
    pub segments: Vec<SegmentMatches>,
    /// How many no segment matches.
    pub fallback: u32,
    /// Whether there are more leads than could be looked at; the oldest are left out then.
    pub is_cut: bool,
}

/// How many leads a segment matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SegmentMatches {
    /// Its id.
    pub id: String,
    /// Those for whom its condition holds, wherever it stands, and also while it is disabled.
    pub matches: u32,
    /// Those for whom it is the first that matches.
    pub gets: u32,
}
