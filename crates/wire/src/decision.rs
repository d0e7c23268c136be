//! `/api/v1/decisions`: who got which lead, and why.

use crate::ContactRef;
use knock_model::{IntentType, LeadId, Millis};
use serde::{Deserialize, Serialize};

/// Who a lead was given to, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionShown {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Millis,
    /// The rule's name.
    pub rule: String,
    /// The rule's id.
    #[serde(default)]
    pub rule_id: String,
    /// The rule's version.
    pub version: u32,
    /// The segment's name.
    pub segment: String,
    /// `assigned`, `disqualified`, `pending` or `unbookable`.
    #[serde(default)]
    pub outcome: String,
    /// The rep's address, or `AI Agent`.
    pub assignee: String,
    /// The reason code.
    pub reason: String,
    /// What else to know, as codes.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Who is told: the channel, then `dm:ADDRESS`.
    #[serde(default)]
    pub notify: Vec<String>,
}

/// A line of the list of decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionRow {
    /// The lead.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub lead: LeadId,
    /// The person, once their address is known.
    #[serde(default)]
    pub contact: Option<ContactRef>,
    /// The link the lead came by.
    pub link: String,
    /// The decision.
    pub decision: DecisionShown,
}

/// `GET /api/v1/decisions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionPage {
    /// Newest first.
    pub decisions: Vec<DecisionRow>,
    /// Ask again with `after` set to this for the next page.
    #[serde(default)]
    pub next: Option<String>,
}

/// The intent type was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeChange {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub at: Millis,
    /// The type.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: IntentType,
    /// How far it lay before the next best, in natural log-odds.
    pub margin: f64,
    /// What decided: `message`, `answer`, `activity`, `nothing`, `later_message` or `set_by_rep`.
    pub why: String,
}
