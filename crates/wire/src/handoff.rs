//! `/v1/handoffs`: a visitor goes from one site of the workspace to another on a different domain.

use crate::RawSecret;
#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, VisitorIdSchema};
use knock_model::{Millis, VisitorId};
use serde::{Deserialize, Serialize};

/// `POST /v1/handoffs`: a visitor is about to leave for another site of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoffStart {
    /// The key of the site that is left.
    pub site: String,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
}

/// The handoff token, valid for ten minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoffToken {
    /// The token; it may stand in a URL as it is.
    pub token: RawSecret,
    /// From this instant on it is worth nothing.
    pub expires_at: Millis,
}

/// `POST /v1/handoffs/redeem`: the visitor has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoffArrival {
    /// The key of the site that was reached.
    pub site: String,
    /// The token that was carried over.
    pub token: RawSecret,
}

/// The visitor who arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoffVisitor {
    /// Id of the browser, the same on both sites from here on.
    pub visitor: VisitorId,
}
