//! Internal notes: what members of the team write to each other in a conversation.
//!
//! A type of its own, which nothing that a visitor reads holds: a note cannot reach one.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, NoteIdSchema};
use knock_model::{Millis, NoteId};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/conversations/{id}/notes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteDraft {
    /// Id (UUIDv7) made by the sender: sent again, it stays one note.
    pub id: String,
    /// The text, at most 4,000 characters.
    pub text: String,
}

/// An internal note of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InternalNote {
    /// Its id.
    pub id: NoteId,
    /// Always `note`: tells it from the authors of messages, where both are listed together.
    #[serde(default)]
    pub author: NoteAuthor,
    /// The name of the member who wrote it.
    #[serde(default)]
    pub name: String,
    /// The text, without markup.
    pub text: String,
    /// The instant, in ms since 1970.
    pub at: Millis,
}

/// The author of a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoteAuthor {
    /// A member, to the team.
    #[default]
    Note,
}
