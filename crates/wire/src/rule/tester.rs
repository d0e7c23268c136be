//! `GET /api/v1/rules/tester`: past leads to try a rule on.

#[cfg(feature = "openapi")]
use crate::schema::{LeadFieldsSchema, LeadIdSchema, MillisSchema};
use crate::{ContactRef, DecisionShown};
use knock_model::{LeadId, Millis};
use knock_routing::LeadFields;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/rules/tester`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TesterLeads {
    /// Those decided about last come first, each once.
    pub leads: Vec<TesterLead>,
}

/// A lead as they were when they were decided about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TesterLead {
    /// The lead.
    pub lead: LeadId,
    /// The person, once their address is known.
    #[serde(default)]
    pub contact: Option<ContactRef>,
    /// What they are called in lists: their name or address, or the browser that they came with.
    pub label: String,
    /// When they were decided about.
    pub at: Millis,
    /// The link that they came by.
    #[serde(default)]
    pub link: String,
    /// What was known of them then.
    pub fields: LeadFields,
    /// What was decided.
    pub decision: DecisionShown,
}
