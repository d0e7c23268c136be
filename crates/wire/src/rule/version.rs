//! `GET /api/v1/rules/{id}/versions`: what a rule was.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, RuleSchema};
use knock_model::Millis;
use knock_routing::Rule;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/rules/{id}/versions`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleVersions {
    /// Newest first.
    pub versions: Vec<RuleVersion>,
    /// When the rule was deleted; null while it can be used.
    #[serde(default)]
    pub deleted_at: Option<Millis>,
}

/// A version of a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleVersion {
    /// The rule as it was saved.
    pub rule: Rule,
    /// When it was saved.
    pub saved_at: Millis,
    /// Who saved it, as colleagues read their name; none when it was no member.
    #[serde(default)]
    pub saved_by: Option<String>,
    /// How many decisions were made by it.
    pub decisions: u32,
}
