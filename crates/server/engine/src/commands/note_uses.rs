//! The last uses of sessions, API keys and chat tokens.

use super::open_chat::TOKEN_LIFE;
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{Ledger, Secret, SecretHash, StoreError};

/// Records uses of secrets; each use extends the validity of a chat token.
#[derive(Clone, Debug)]
pub struct NoteUses {
    /// The secrets with the instants of their use.
    pub uses: Vec<(SecretHash, Millis)>,
}

impl Command for NoteUses {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        for &(hash, at) in &self.uses {
            // A secret revoked in the meantime stays revoked.
            let Some(stored) = ledger.secret(hash)? else { continue };
            let is_chat = matches!(stored.secret, Secret::Chat { .. });
            ledger.use_secret(hash, at, is_chat.then(|| at + TOKEN_LIFE))?;
        }
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
