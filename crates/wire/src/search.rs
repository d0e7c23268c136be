//! What a search found in a conversation.

use crate::Author;
#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, MillisSchema};
use knock_model::{ConversationId, Millis};
use serde::{Deserialize, Serialize};

/// A text in which a search found words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchHit {
    /// Where it is.
    pub found_in: HitPlace,
    /// The author of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    /// The name of the member who wrote the message or note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The conversation of the message or note, which may be an earlier one of the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
    /// The number of the message in its conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// The instant of the message or note, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Millis>,
    /// The part of the text around the words, in pieces.
    pub text: Vec<HitPiece>,
}

/// Where a search found words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HitPlace {
    /// A message of anybody.
    Message,
    /// A note of the team.
    Note,
    /// The address, telephone number or company of the lead.
    Contact,
}

/// A piece of a found text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HitPiece {
    /// The text.
    pub text: String,
    /// Whether it was searched for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_hit: bool,
}
