//! Secrets given out: sign-in tokens, session tokens, API keys. Only their SHA-256 is stored.

use knock_ports::{Chance, SecretHash};
use knock_wire::RawSecret;
use sha2::{Digest, Sha256};

/// A new secret of 256 random bits, with what to store of it.
pub fn new_secret(chance: &dyn Chance, prefix: &str) -> (RawSecret, SecretHash) {
    let secret = RawSecret::from(format!("{prefix}{}", hex::encode(chance.bytes32())));
    let hash = hash(secret.reveal());
    (secret, hash)
}

/// The stored hash of a secret.
pub fn hash(secret: &str) -> SecretHash {
    SecretHash(Sha256::digest(secret.as_bytes()).into())
}

/// The public id of a secret for those who manage it: derived from its hash, which is not shown.
pub fn public_id(secret: SecretHash) -> String {
    hex::encode(&Sha256::digest(secret.0)[..16])
}

/// The random part of a new UUIDv7.
pub fn random10(chance: &dyn Chance) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes.copy_from_slice(&chance.bytes16()[..10]);
    bytes
}
