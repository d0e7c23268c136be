//! API keys: created, revoked.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{ApiKey, Ledger, Secret, SecretHash, StoreError};

/// Creates an API key.
#[derive(Clone, Debug)]
pub struct CreateApiKey {
    /// The key.
    pub key: ApiKey,
    /// The SHA-256 of its secret.
    pub hash: SecretHash,
    /// The instant now.
    pub now: Millis,
}

impl Command for CreateApiKey {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        ledger.save_secret(self.hash, &Secret::ApiKey(self.key.clone()), self.now)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Revokes an API key: it is not valid any more, at once.
#[derive(Clone, Copy, Debug)]
pub struct RevokeApiKey {
    /// The SHA-256 of its secret.
    pub hash: SecretHash,
}

impl Command for RevokeApiKey {
    /// Whether there was such a key.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let stored = ledger.secret(self.hash)?;
        let is_key = stored.is_some_and(|stored| matches!(stored.secret, Secret::ApiKey(_)));
        if is_key {
            ledger.take_secret(self.hash)?;
            notices.push(Notice::Access);
        }
        Ok(is_key)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
