//! Internal notes: what members of the team write to each other in a conversation.
//!
//! A type of its own, which nothing that a visitor reads holds: a note cannot reach one.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, NoteIdSchema, RepIdSchema};
use knock_model::{Millis, NoteId, RepId};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/conversations/{id}/notes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteDraft {
    /// Id (UUIDv7) made by the sender: sent again, it stays one note. It may be left out with the header
    /// `Idempotency-Key`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The text, at most 4,000 characters.
    pub text: String,
    /// The ids of the members whom the note names, at most 50; each of them is notified.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<RepId>,
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
    /// The name of the member, or of the integration, who wrote it.
    #[serde(default)]
    pub name: String,
    /// The text, without markup.
    pub text: String,
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The names of the members whom it names, other than the author; they stand in the text after an `@`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<String>,
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
