//! `/api/v1/segment-templates`: conditions that are used again and again.

#[cfg(feature = "openapi")]
use crate::schema::ConditionSchema;
use knock_routing::Condition;
use serde::{Deserialize, Serialize};

/// A segment template. Using one copies its condition: segments made of it stay as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SegmentTemplate {
    /// Its id.
    pub id: String,
    /// What the team calls it.
    pub name: String,
    /// Which leads.
    pub when: Condition,
    /// Whether Knock comes with it; such a template cannot be changed.
    #[serde(default)]
    pub is_built_in: bool,
}

/// What is saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SegmentTemplateDraft {
    /// What the team calls it, 1 to 100 characters; no other template has the same.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// Which leads.
    pub when: Condition,
}

/// `GET /api/v1/segment-templates`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SegmentTemplateList {
    /// Those that Knock comes with, then those of the team by name.
    pub templates: Vec<SegmentTemplate>,
}
