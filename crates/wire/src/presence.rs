//! The presence in a conversation at this moment. It is not stored.

use crate::Assignee;
#[cfg(feature = "openapi")]
use crate::schema::ConversationIdSchema;
use knock_model::ConversationId;
use serde::{Deserialize, Serialize};

/// The activity of a member in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// A member has it open and visible. It counts for 45 seconds.
    Looking,
    /// Typing: a member a reply, or the lead a message. It is valid for 6 seconds, and ends with the message.
    Writing,
    /// A member left it.
    Gone,
}

/// `POST /api/v1/conversations/{id}/presence`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PresenceDraft {
    /// The activity of the signed-in member.
    pub doing: Doing,
}

/// The presence of a member or the lead in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Presence {
    /// The conversation.
    pub conversation: ConversationId,
    /// The member; none is the lead.
    #[serde(default)]
    pub member: Option<Assignee>,
    /// The activity.
    pub doing: Doing,
}

/// A frame of `/v1/chat/{conversation}/live` beside messages: a rep writes. As an event stream, it has the event `typing`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepTyping {
    /// The rep's name. It counts for 6 seconds, and ends with their message.
    pub typing: String,
}

/// The frame that a client sends on `/v1/chat/{conversation}/live` after its `ChatHello` while the lead types, at most
/// every three seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadTyping {
    /// Whether they do.
    pub typing: bool,
}
