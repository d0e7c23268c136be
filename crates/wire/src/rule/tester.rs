//! `GET /api/v1/rules/tester`: past leads for the tester of rules.

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
    /// The leads, each once, the newest decision first.
    pub leads: Vec<TesterLead>,
}

/// A lead as of the decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TesterLead {
    /// The lead.
    pub lead: LeadId,
    /// The person, once their address is known.
    #[serde(default)]
    pub contact: Option<ContactRef>,
    /// The label in lists: the name or address, or the browser.
    pub label: String,
    /// The instant of the decision, in ms since 1970.
    pub at: Millis,
    /// The Knock Link of the lead.
    #[serde(default)]
    pub link: String,
    /// The fields at that instant.
    pub fields: LeadFields,
    /// The decision.
    pub decision: DecisionShown,
}
