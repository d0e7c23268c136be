//! Handoffs of visitors between sites that were redeemed. Every method fails only when the database does.

use crate::{SecretHash, StoreError};
use knock_model::Millis;

/// Writing redeemed handoffs.
pub trait HandoffLedger {
    /// Records that the handoff of a token was redeemed, until it expires; false if it was redeemed before. Forgets those
    /// that have expired at `now`.
    fn redeem_handoff(&mut self, token: SecretHash, expires_at: Millis, now: Millis) -> Result<bool, StoreError>;
}
