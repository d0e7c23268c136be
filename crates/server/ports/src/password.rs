//! Passwords of members, for workspaces with this sign-in method.

use crate::{SecretHash, StoreError};
use core::fmt;
use knock_model::{Millis, RepId};

/// A password's hash with its parameters and salt, as a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

/// The debug output hides the hash: unlike that of a random secret, the hash of a password can be guessed.
impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(...)")
    }
}

/// Writing passwords.
pub trait PasswordLedger {
    /// Stores a member's password and replaces the previous one.
    fn save_password(&mut self, member: RepId, hash: &PasswordHash, now: Millis) -> Result<(), StoreError>;

    /// Removes a member's password.
    fn forget_password(&mut self, member: RepId) -> Result<(), StoreError>;

    /// Deletes all sessions and sign-in links of a member except this one.
    fn forget_other_secrets_of(&mut self, member: RepId, but: SecretHash) -> Result<(), StoreError>;
}

/// Reading passwords.
pub trait PasswordView {
    /// Returns a member's password; none if they have not set one.
    fn password(&self, member: RepId) -> Result<Option<PasswordHash>, StoreError>;
}
