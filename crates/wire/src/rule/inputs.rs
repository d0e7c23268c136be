//! `GET /api/v1/rules/inputs`: the fields and assignees that a rule can use.

use crate::RepStateWord;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/rules/inputs`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleInputs {
    /// The fields that conditions can compare, in the order of the catalogue; custom fields last.
    pub fields: Vec<FieldInput>,
    /// The members, in the order they were invited.
    pub reps: Vec<RuleRep>,
    /// The kinds of AI agents, `auto` first.
    pub agents: Vec<String>,
    /// The connected CRM. None if there is none: inputs that need a CRM are then not offered.
    #[serde(default)]
    pub crm: Option<String>,
    /// Whether a Slack workspace is connected. If so, `GET /api/v1/slack/channels` lists its channels.
    #[serde(default)]
    pub has_slack: bool,
    /// The last turn of each pool.
    #[serde(default)]
    pub turns: Vec<RuleTurn>,
}

/// `GET /api/v1/contacts/fields`: the fields beside the catalogue that conditions about contacts can compare.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactFields {
    /// What connected CRMs say, in the order of their settings; without seen values.
    pub fields: Vec<FieldInput>,
}

/// A field that conditions can compare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldInput {
    /// Its name.
    pub field: String,
    /// The name for the team; none for fields of the catalogue.
    #[serde(default)]
    pub label: Option<String>,
    /// The type: `text`, `number`, `boolean` or `list`.
    pub value_type: String,
    /// The operators for this field.
    pub operators: Vec<String>,
    /// The values of the last 30 days, the most frequent first, at most 20.
    pub values: Vec<String>,
    /// The options of a property of the CRM that has a list of them; empty for other fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FieldOption>,
    /// Whether the workspace has a source of values for this field.
    pub has_source: bool,
}

/// An option of a property of the CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldOption {
    /// The value that a condition compares.
    pub value: String,
    /// The label in the CRM.
    pub label: String,
}

/// A member whom rules can assign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleRep {
    /// The id, by which rules name them.
    pub id: String,
    /// The display name, for leads and colleagues.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// Whether the member takes leads now.
    pub state: RepStateWord,
    /// Whether the member's active chats have reached their capacity.
    #[serde(default)]
    pub is_full: bool,
    /// Whether meetings can be booked with the member.
    #[serde(default)]
    pub has_calendar: bool,
}

/// The last turn of a member in a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleTurn {
    /// The id of the rule.
    pub rule: String,
    /// The id of the segment; `fallback` for the Fallback Segment.
    pub segment: String,
    /// The id of the member.
    pub rep: String,
    /// Its number: later turns have higher numbers.
    pub number: u64,
}
