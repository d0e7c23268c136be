//! API keys.

use crate::RawSecret;
use knock_model::Role;
use serde::{Deserialize, Serialize};

/// A new key; it is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyCreated {
    /// The secret to send as `Authorization: Bearer KEY`.
    pub key: RawSecret,
    /// What it may do.
    pub role: Role,
}
