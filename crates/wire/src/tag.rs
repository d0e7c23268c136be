//! `/api/v1/tags`: words that the team gives leads.

#[cfg(feature = "openapi")]
use crate::schema::{TagColorSchema, TagIdSchema};
use knock_model::{TagColor, TagId};
use serde::{Deserialize, Serialize};

/// A tag, as lists and records show it on a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: TagColor,
}

/// A tag of the workspace, in the list of tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TagRow {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: TagColor,
    /// The number of leads that have it.
    #[serde(default)]
    pub leads: u32,
}

impl TagRow {
    /// The tag, as it is shown on a lead.
    pub fn tag(&self) -> Tag {
        Tag { id: self.id, name: self.name.clone(), color: self.color }
    }
}

/// `GET /api/v1/tags`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TagList {
    /// The tags of the workspace, by name.
    pub tags: Vec<TagRow>,
}

/// `POST /api/v1/tags`: a new tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TagDraft {
    /// The name, 1 to 40 characters, unique among the tags of the workspace without regard to case.
    pub name: String,
    /// The colour; `gray` without one.
    #[serde(default)]
    pub color: TagColor,
}

/// `PATCH /api/v1/tags/{id}`: absent fields stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TagChange {
    /// The name, 1 to 40 characters, unique among the tags of the workspace without regard to case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<TagColor>,
}
