//! `/api/v1/agent/rejections`: whom the AI agent rejects by conditions of the workspace.

#[cfg(feature = "openapi")]
use crate::schema::ConditionSchema;
use knock_routing::Condition;
use serde::{Deserialize, Serialize};

/// `GET` and `PUT /api/v1/agent/rejections`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AgentRejections {
    /// One for each kind of agent. One that a request leaves out is switched off and has no condition.
    #[cfg_attr(feature = "openapi", schema(max_items = 5))]
    pub agents: Vec<AgentRejection>,
}

/// Whom one kind of agent rejects. Its last words are the step `rejected` of its playbooks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AgentRejection {
    /// The kind of agent: `general`, `buying`, `support`, `hiring` or `partnership`.
    pub kind: String,
    /// Whether it rejects by the condition.
    pub is_on: bool,
    /// The condition that rejected leads match. One that asks for no field rejects no lead.
    pub when: Condition,
    /// `Reject Reason` of the rejection, at most 60 characters; needed where it is switched on.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub reason: String,
}
