//! The account of HubSpot that leads are synced with.

use super::Secret;
use serde::{Deserialize, Serialize};

/// Where HubSpot answers, and what lets in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HubSpot {
    /// The token of a private app; empty: an admin connects an account in Settings.
    pub(crate) token: Secret,
    /// Where its interface is.
    pub(crate) api_url: String,
}

impl Default for HubSpot {
    fn default() -> HubSpot {
        HubSpot { token: Secret::default(), api_url: "https://api.hubapi.com".to_owned() }
    }
}

impl HubSpot {
    /// The same without the token.
    pub(super) fn shown(&self) -> HubSpot {
        HubSpot { token: self.token.hidden(), api_url: self.api_url.clone() }
    }
}
