//! `/api/v1/segment-templates`: segment templates.

#[cfg(feature = "openapi")]
use crate::schema::ConditionSchema;
use knock_routing::Condition;
use serde::{Deserialize, Serialize};

/// A segment template. Its use copies its condition: existing segments do not change with the template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SegmentTemplate {
    /// Its id.
    pub id: String,
    /// The name for the team.
    pub name: String,
    /// The condition that leads match.
    pub when: Condition,
    /// Whether it is a built-in template, which cannot be changed.
    #[serde(default)]
    pub is_built_in: bool,
}

/// The data to save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SegmentTemplateDraft {
    /// The name, 1 to 100 characters, unique among templates.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// The condition that leads match.
    pub when: Condition,
}

/// `GET /api/v1/segment-templates`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SegmentTemplateList {
    /// The built-in templates, then those of the team by name.
    pub templates: Vec<SegmentTemplate>,
}
