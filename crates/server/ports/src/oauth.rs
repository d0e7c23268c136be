//! Unfinished installations of an app at a vendor (OAuth 2.0).
//! Every method fails only when the database does.

use crate::StoreError;
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// An unfinished installation that a member started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthAttempt {
    /// The SHA-256 of its OAuth `state`, in hex.
    pub state: String,
    /// The SHA-256 of the session that started it, in hex.
    pub session: String,
    /// The app to be installed, sealed by the server's own key.
    pub app: String,
    pub expires_at: Millis,
}

/// Writing unfinished installations.
pub trait OauthLedger {
    /// Stores those at a vendor and replaces the previous ones.
    fn save_oauth_attempts(&mut self, vendor: &str, attempts: &[OauthAttempt]) -> Result<(), StoreError>;
}

/// Reading unfinished installations.
pub trait OauthView {
    /// Returns those at a vendor, in the order of their start.
    fn oauth_attempts(&self, vendor: &str) -> Result<Vec<OauthAttempt>, StoreError>;
}
