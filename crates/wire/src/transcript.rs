//! `/api/v1/conversations/{id}/transcript`: the messages of a conversation by mail.

use serde::{Deserialize, Serialize};

/// Who gets a transcript.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TranscriptRecipient {
    /// The lead, at `mail_to` of the conversation.
    Lead,
    /// The signed-in member.
    #[default]
    Me,
}

/// `POST /api/v1/conversations/{id}/transcript`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TranscriptDraft {
    /// Who gets it.
    pub to: TranscriptRecipient,
}

/// A transcript that is mailed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TranscriptSent {
    /// The address it is mailed to.
    pub to: String,
}
