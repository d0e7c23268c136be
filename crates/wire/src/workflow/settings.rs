//! The cap and the quiet hours of the workspace.

#[cfg(feature = "openapi")]
use crate::schema::{CapSchema, QuietSchema};
use knock_workflow::{Cap, Quiet};
use serde::{Deserialize, Serialize};

/// `PUT /api/v1/workflows/settings`: they hold for workflows without their own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowSettings {
    /// The most actions to a lead in a span of time: `{"actions": 3, "within_ms": 604800000}`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<CapSchema>))]
    pub cap: Option<Cap>,
    /// When no action reaches a lead: `{"from": "20:00", "to": "08:00", "zone": "Europe/Berlin", "days": ["sat", "sun"]}`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<QuietSchema>))]
    pub quiet: Option<Quiet>,
}
