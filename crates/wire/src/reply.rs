//! `/api/v1/replies`: texts that members send again and again.

#[cfg(feature = "openapi")]
use crate::schema::SavedReplyIdSchema;
use knock_model::SavedReplyId;
use serde::{Deserialize, Serialize};

/// A saved reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedReply {
    /// Its id.
    pub id: SavedReplyId,
    /// The name, by which it is found.
    pub name: String,
    /// The text, with places such as `{{name}}` or `{{name|there}}`.
    pub text: String,
    /// The language of the text (ISO 639-1); none for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether it is the caller's own; else it is the team's.
    #[serde(default)]
    pub is_personal: bool,
}

/// The data to save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SavedReplyDraft {
    /// The name, 1 to 80 characters, unique among the replies of the team or of the member.
    pub name: String,
    /// The text, at most 4,000 characters. Places are `{{name}}`, `{{company}}`, `{{rep}}` and `{{site}}`, with what stands
    /// there when nothing is known after a `|`.
    pub text: String,
    /// The language of the text: `en`, `de`, `fr` or `es`; none for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether it is the caller's own; else it is the team's, which managers and admins save.
    #[serde(default)]
    pub is_personal: bool,
}

/// `GET /api/v1/replies`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedReplyList {
    /// The team's and the caller's own, by name.
    pub replies: Vec<SavedReply>,
}

/// The values of the placeholders of a saved reply in a conversation; empty if unknown. `{{rep}}` is the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplyPlaces {
    /// `{{name}}`: the name of the lead.
    #[serde(default)]
    pub name: String,
    /// `{{company}}`: the domain of the lead's company.
    #[serde(default)]
    pub company: String,
    /// `{{site}}`: the name of the site that the chat came from.
    #[serde(default)]
    pub site: String,
}
