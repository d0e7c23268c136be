//! Time and randomness: the only two places where they enter the server.

use knock_model::Millis;

/// The wall clock.
pub trait Clock: Send + Sync {
    /// Returns the current instant.
    fn now(&self) -> Millis;
}

/// Unpredictable random bytes.
pub trait Chance: Send + Sync {
    /// Returns sixteen bytes.
    fn bytes16(&self) -> [u8; 16];
    /// Returns thirty-two bytes, for secrets.
    fn bytes32(&self) -> [u8; 32];
}
