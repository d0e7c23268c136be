//! `/api/v1/reject-reasons`: the reasons that are offered when a lead is rejected.

use serde::{Deserialize, Serialize};

/// `GET` and `PUT /api/v1/reject-reasons`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RejectReasons {
    /// In the order the team wants them: at most 20, of 1 to 60 characters each. Any other reason can be given too.
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub reasons: Vec<String>,
}

/// The reasons of a new workspace.
const USUAL: [&str; 7] = ["Not a fit", "Job seeker", "Vendor", "Student", "Competitor", "No budget", "Unreachable"];

impl Default for RejectReasons {
    fn default() -> RejectReasons {
        RejectReasons { reasons: USUAL.map(str::to_owned).to_vec() }
    }
}
