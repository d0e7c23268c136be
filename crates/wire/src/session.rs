//! `/api/v1/session`: signing in to the dashboard.

use crate::RawSecret;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionStart {
    /// The token of a one-time sign-in link.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: RawSecret,
}

/// `GET /api/v1/session`: who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionState {
    /// The e-mail address of the member.
    pub email: String,
    /// `admin`, `manager` or `rep`.
    pub role: String,
    /// The server's clock, in ms since 1970: the page reckons "ago" by it.
    pub now: i64,
}
