//! `/api/v1/rules/what-if`: a draft of a rule applied to past leads.

#[cfg(feature = "openapi")]
use crate::schema::{LeadIdSchema, MillisSchema, RuleSchema};
use crate::{ContactRef, DecisionShown};
use knock_model::{LeadId, Millis};
use knock_routing::Rule;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /api/v1/rules/what-if`: applies a draft of a rule to past leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatIfAsk {
    /// The draft. With the id of an existing rule, it replaces that rule.
    pub rule: Rule,
    /// The number of days back, 1 to 90.
    pub days: u32,
    /// The links that would use the draft, in addition to those that use the rule now.
    #[serde(default)]
    pub links: Vec<String>,
}

/// The decisions of a draft about past leads, beside the actual ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatIf {
    /// The start of the period, in ms since 1970.
    pub since: Millis,
    /// The number of decisions in the comparison.
    pub decisions: u32,
    /// Whether there are more decisions than the limit; the newest are then left out.
    pub is_cut: bool,
    /// The number of decisions that would differ.
    #[serde(default)]
    pub changed_count: u32,
    /// The decisions that would differ, oldest first: the first 200.
    pub changed: Vec<WhatIfChange>,
    /// The number of leads of each assignee, by the actual decisions.
    pub before: BTreeMap<String, u32>,
    /// The number of leads of each assignee under the draft.
    pub after: BTreeMap<String, u32>,
}

/// A lead with another decision under the draft.
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
    /// The evaluated segments, from the top, with the comparisons that decided.
    pub why: Vec<SegmentWhy>,
}

/// The why of a segment: the reason why it matched or not.
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
