//! Passwords of members, for workspaces where one signs in by them.

use crate::{SecretHash, StoreError};
use core::fmt;
use knock_model::{Millis, RepId};

/// A password's hash with its parameters and salt, as a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

/// No log shows it: unlike that of a random secret, the hash of a password can be guessed at.
impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(...)")
    }
}

/// Writing passwords.
pub trait PasswordLedger {
    /// Stores a member's password in place of the one before.
    fn save_password(&mut self, member: RepId, hash: &PasswordHash, now: Millis) -> Result<(), StoreError>;

    /// Removes a member's password.
    fn forget_password(&mut self, member: RepId) -> Result<(), StoreError>;

    /// Takes all sessions and sign-in links of a member away but this one.
    fn forget_other_secrets_of(&mut self, member: RepId, but: SecretHash) -> Result<(), StoreError>;
}

/// Reading passwords.
pub trait PasswordView {
    /// A member's password; none when they have set none.
    fn password(&self, member: RepId) -> Result<Option<PasswordHash>, StoreError>;
}
