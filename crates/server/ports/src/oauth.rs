//! Installations of an app at a vendor that are under way (OAuth 2.0).
//! Every method fails only when the database does.

use crate::StoreError;
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// An installation that a member began and that is not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthAttempt {
    /// The SHA-256 of its `state`, in hex.
    pub state: String,
    /// The SHA-256 of the session that began it, in hex.
    pub session: String,
    /// The app to be installed, sealed by the server's own key.
    pub app: String,
    /// The expiry.
    pub expires_at: Millis,
}

/// Writing installations that are under way.
pub trait OauthLedger {
    /// Stores those at a vendor, in place of the ones before.
    fn save_oauth_attempts(&mut self, vendor: &str, attempts: &[OauthAttempt]) -> Result<(), StoreError>;
}

/// Reading installations that are under way.
pub trait OauthView {
    /// Those at a vendor, in the order they began.
    fn oauth_attempts(&self, vendor: &str) -> Result<Vec<OauthAttempt>, StoreError>;
}
