//! Credentials for other services, from the configuration.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A secret; its debug output says only whether there is one.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The secret itself: for sending, not for display.
    pub(crate) fn reveal(&self) -> &str {
        self.0.trim()
    }

    /// A replacement that may be shown.
    pub(super) fn hidden(&self) -> Secret {
        Secret(if self.is_empty() { String::new() } else { "***".to_owned() })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.is_empty() { "none" } else { "***" })
    }
}
