//! `/api/v1/outbound`: what waits on a copy of a workspace, and its release.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/outbound`: whether the server sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboundState {
    /// Whether this is a copy of a workspace, from which nothing is sent before it is released.
    pub is_held: bool,
    /// What waits to be sent, by kind; kinds of which nothing waits are left out.
    pub waiting: Vec<WaitingDeliveries>,
}

/// The deliveries of one kind that wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingDeliveries {
    /// `webhook`, `mail`, `push`, `calendar`, `slack` or a CRM.
    pub destination: String,
    pub deliveries: u64,
}

/// `POST /api/v1/outbound/release`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OutboundRelease {
    /// Whether what waits is discarded instead of sent.
    #[serde(default)]
    pub discard: bool,
}
