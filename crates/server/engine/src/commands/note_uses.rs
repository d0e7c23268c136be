//! The last uses of sessions, API keys and chat tokens.

use super::open_chat::TOKEN_LIFE;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{Ledger, Secret, SecretHash, StoreError};

/// Records uses of secrets; a chat token's end moves with its use.
#[derive(Clone, Debug)]
pub struct NoteUses {
    /// The secrets with the instants of their use.
    pub uses: Vec<(SecretHash, Millis)>,
}

impl Command for NoteUses {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        for &(hash, at) in &self.uses {
            // One that was revoked meanwhile stays so.
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
