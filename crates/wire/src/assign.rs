//! The owner of a chat: assigning it, taking it over, handing it back to the AI agent.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, RepIdSchema};
use knock_model::{Millis, RepId};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/conversations/{id}/assign`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssignDraft {
    /// The id of a member, `me` for the one who is signed in, or `ai_agent`.
    pub to: String,
    /// `rep_owner` of the chat as the caller saw it, empty for none: refused when another rep has the chat by now. Without
    /// it, the chat is assigned whatever its owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_owner: Option<String>,
    /// The reason, for the audit log: at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub reason: Option<String>,
}

/// A chat was assigned by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignmentShown {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The actor: the address of a member, or the name of an API key.
    pub by: String,
    /// The assignee before: an address, `AI Agent`, or empty for none.
    pub from: String,
    /// The assignee since.
    pub to: String,
    /// The reason; may be empty.
    #[serde(default)]
    pub reason: String,
}

/// A member to whom a chat can be assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assignee {
    /// The id of the member.
    pub id: RepId,
    /// The e-mail address of the member.
    pub email: String,
    /// The name; the address for one who has set none.
    pub name: String,
    /// The address of the picture on this server; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
}

/// `GET /api/v1/assignees`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssigneeList {
    /// In the order they were invited.
    pub assignees: Vec<Assignee>,
}
