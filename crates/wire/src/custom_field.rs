//! `/api/v1/custom-fields`: what the team knows of leads besides, and where it comes from.

#[cfg(feature = "openapi")]
use crate::schema::{CustomFieldSourceSchema, CustomFieldTypeSchema, CustomValueSchema, MillisSchema};
use knock_model::{CustomFieldSource, CustomFieldType, Millis};
use knock_routing::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// The label for the team, 1 to 80 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub label: String,
    /// The type of its values.
    pub value_type: CustomFieldType,
    /// The sources of its value; the newest value counts.
    pub sources: Vec<CustomFieldSource>,
    /// The name of the form field that holds it, for the source `form`; its own name otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_field: Option<String>,
}

/// `PUT /api/v1/contacts/{id}/custom-fields`: values that a program, or a member, sets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomValuesDraft {
    /// By the name of the field; null takes a value away. Fields that are not named stay as they are.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, CustomValueSchema>))]
    pub values: BTreeMap<String, Option<Value>>,
}

/// The value of a custom field for a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomValueShown {
    /// The name of the field.
    pub name: String,
    /// The name for the team.
    pub label: String,
    /// The value: a text, a number, true or false.
    #[cfg_attr(feature = "openapi", schema(value_type = CustomValueSchema))]
    pub value: Value,
    /// From where.
    pub source: CustomFieldSource,
    /// The instant, in ms since 1970.
    pub at: Millis,
}
