//! `/api/v1/rules`: routing rules, their tester and what-if.

mod fairness;
mod inputs;
mod matches;
mod template;
mod tester;
mod version;
mod what_if;

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, RuleSchema};
pub use fairness::{Fairness, PoolFairness, RepFairness};
pub use inputs::{ContactFields, FieldInput, FieldOption, RuleInputs, RuleRep, RuleTurn};
use knock_model::Millis;
use knock_routing::Rule;
pub use matches::{RuleMatches, RuleMatchesAsk, SegmentMatches};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
pub use template::{SegmentTemplate, SegmentTemplateDraft, SegmentTemplateList};
pub use tester::{TesterLead, TesterLeads};
pub use version::{RuleVersion, RuleVersions};
pub use what_if::{SegmentWhy, WhatIf, WhatIfAsk, WhatIfChange};

/// `GET /api/v1/rules`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleList {
    /// The newest version of every rule (`docs/domain.md`, Routing rules), in the order of creation.
    pub rules: Vec<Rule>,
    /// The use of each rule, by its id.
    #[serde(default)]
    pub uses: BTreeMap<String, RuleUse>,
}

/// The use of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleUse {
    /// The links with this rule. A default rule is also used by every link without a rule of its own.
    pub links: Vec<LinkName>,
    /// The number of leads with a decision of this rule in the last 30 days.
    pub leads_30_days: u32,
    /// The instant of saving its newest version, in ms since 1970.
    pub saved_at: Millis,
    /// The name of the member who saved it; none if no member did.
    #[serde(default)]
    pub saved_by: Option<String>,
}

/// A link by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkName {
    /// The slug: the last part of its address.
    pub slug: String,
    /// The name for the team.
    pub name: String,
}
