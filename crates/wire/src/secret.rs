//! Texts that let somebody in, or prove who somebody is.

use core::fmt;
use serde::{Deserialize, Serialize};

/// A secret as it is issued and presented. Its `Debug` output is redacted.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct RawSecret(String);

impl RawSecret {
    /// The text itself: to be hashed, signed with, or given to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for RawSecret {
    fn from(text: String) -> RawSecret {
        RawSecret(text)
    }
}

impl fmt::Debug for RawSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RawSecret(...)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_itself_on_the_network_and_nothing_in_a_log() {
        let secret: RawSecret = serde_json::from_str("\"hunter2\"").expect("a text");
        assert_eq!(serde_json::to_string(&secret).expect("it has JSON"), "\"hunter2\"");
        assert_eq!(secret.reveal(), "hunter2");
        assert!(!format!("{secret:?} {:#?}", [&secret]).contains("hunter2"));
    }
}
