//! `GET /api/v1/rules/{id}/versions`: the versions of a rule.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, RuleSchema};
use knock_model::Millis;
use knock_routing::Rule;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/rules/{id}/versions`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleVersions {
    /// The versions, newest first.
    pub versions: Vec<RuleVersion>,
    /// The instant of deletion, in ms since 1970; null while it can be used.
    #[serde(default)]
    pub deleted_at: Option<Millis>,
}

/// A version of a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleVersion {
    /// The rule as it was saved.
    pub rule: Rule,
    /// The instant of saving, in ms since 1970.
    pub saved_at: Millis,
    /// The name of the member who saved it; none if no member did.
    #[serde(default)]
    pub saved_by: Option<String>,
    /// The number of decisions of this version.
    pub decisions: u32,
}
