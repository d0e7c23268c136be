//! `/api/v1/custom-fields`: what the team knows of leads besides, and where it comes from.

#[cfg(feature = "openapi")]
use crate::schema::{CustomFieldSourceSchema, CustomFieldTypeSchema};
use knock_model::{CustomFieldSource, CustomFieldType};
use serde::{Deserialize, Serialize};

/// `GET` and `PUT /api/v1/custom-fields`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomFields {
    /// In the order the team wants them; at most 50.
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub fields: Vec<CustomField>,
}

/// A custom field. Rules ask it as `custom.NAME`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// Its name: 1 to 40 of `a-z`, `0-9` and `_`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[a-z0-9_]{1,40}$"))]
    pub name: String,
    /// What the team calls it, 1 to 80 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub label: String,
    /// What it holds.
    pub value_type: CustomFieldType,
    /// Where its value comes from; the newest value counts.
    pub sources: Vec<CustomFieldSource>,
    /// The name of the form field that holds it, for the source `form`; its own name otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_field: Option<String>,
}
