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
    /// What it is called and found by.
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

/// What is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SavedReplyDraft {
    /// What it is called, 1 to 80 characters; no other reply of the team, or of the member, has the same.
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

/// What stands in the places of a saved reply in a conversation; empty where nothing is known. `{{rep}}` is the caller.
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
