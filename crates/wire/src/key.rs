//! API keys.

use crate::RawSecret;
use serde::{Deserialize, Serialize};

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyRole {
    /// All that an admin may.
    Admin,
    /// Send signals without an `Origin`.
    Ingest,
}

/// A new key; it is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyCreated {
    /// The secret to send as `Authorization: Bearer KEY`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: RawSecret,
    /// What it may do.
    pub role: KeyRole,
}
