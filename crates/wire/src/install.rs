//! Installing an app at a vendor: where the browser goes.

use crate::RawSecret;
use serde::{Deserialize, Serialize};

/// Answer of `POST /api/v1/slack/install` and the like: where the vendor asks whether to install the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstallStarted {
    /// The address to go to in this browser within ten minutes; it is good once.
    pub url: RawSecret,
}
