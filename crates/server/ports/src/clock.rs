//! Time and chance: the only two places they enter the server.

use knock_model::Millis;

/// The wall clock.
pub trait Clock: Send + Sync {
    /// The instant now.
    fn now(&self) -> Millis;
}

/// Unpredictable random bytes.
pub trait Chance: Send + Sync {
    /// Sixteen of them.
    fn bytes16(&self) -> [u8; 16];
    /// Thirty-two of them, for secrets.
    fn bytes32(&self) -> [u8; 32];
}
