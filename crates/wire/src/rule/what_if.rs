//! `/api/v1/rules/what-if`: what a rule would have done.

#[cfg(feature = "openapi")]
use crate::schema::{LeadIdSchema, MillisSchema, RuleSchema};
use crate::{ContactRef, DecisionShown};
use knock_model::{LeadId, Millis};
use knock_routing::Rule;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /api/v1/rules/what-if`: what would this rule have done?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatIfAsk {
    /// The draft. With the id of a rule it stands in for that one.
    pub rule: Rule,
    /// The number of days back, 1 to 90.
    pub days: u32,
    /// Links that would have it, besides those that do.
    #[serde(default)]
    pub links: Vec<String>,
}

/// The decisions of a draft about past leads, beside the actual ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatIf {
    /// The first instant looked at.
    pub since: Millis,
    /// Decisions looked at.
    pub decisions: u32,
    /// Whether there are more than could be looked at; the newest are left out then.
    pub is_cut: bool,
    /// The number of decisions that would differ.
    #[serde(default)]
    pub changed_count: u32,
    /// The decisions that would differ, oldest first: the first 200.
    pub changed: Vec<WhatIfChange>,
    /// The number of leads of each assignee.
    pub before: BTreeMap<String, u32>,
    /// The number of leads of each assignee under the draft.
    pub after: BTreeMap<String, u32>,
}

/// A lead who would have gone elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatIfChange {
    /// The lead.
    pub lead: LeadId,
    /// The person, once their address is known.
    #[serde(default)]
    pub contact: Option<ContactRef>,
    /// The actual decision.
    pub was: DecisionShown,
    /// The decision of the draft.
    pub would: DecisionShown,
    /// Each segment asked, from the top, and what decided.
    pub why: Vec<SegmentWhy>,
}

/// Why a segment matched or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SegmentWhy {
    /// Its name.
    pub segment: String,
    /// Whether it matched.
    pub holds: bool,
    /// The comparisons that decided, such as `company.employees gte 200: missing`.
    pub because: Vec<String>,
}
