//! Handoffs of visitors between sites.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{Ledger, SecretHash, StoreError};

/// Redeems a handoff, once: its token stands in an address, which others may see.
#[derive(Clone, Copy, Debug)]
pub struct RedeemHandoff {
    /// The SHA-256 of the token.
    pub token: SecretHash,
    pub expires_at: Millis,
    pub now: Millis,
}

impl Command for RedeemHandoff {
    /// False if it was redeemed before.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<bool, StoreError> {
        ledger.redeem_handoff(self.token, self.expires_at, self.now)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
