//! The properties of a CRM that routing reads.

use knock_crm::PropertyType;
use serde::{Deserialize, Serialize};

/// A property of the CRM that routing reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleProperty {
    pub name: String,
    pub label: String,
    pub value_type: PropertyType,
    /// Its options: values and labels.
    pub options: Vec<(String, String)>,
}
