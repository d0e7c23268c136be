//! The server's own secret: its signing keys are derived from it, one for each purpose, and stored nowhere else.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// 256 bits that never leave the server.
pub struct ServerKey([u8; 32]);

impl ServerKey {
    /// The key with these bits.
    pub fn new(bits: [u8; 32]) -> ServerKey {
        ServerKey(bits)
    }

    /// The key for a purpose; `of` distinguishes several of that purpose.
    pub fn derive(&self, purpose: &str, of: &[u8]) -> [u8; 32] {
        let mut mac: Hmac<Sha256> = Hmac::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(of);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let key = ServerKey([7; 32]);
        let keys = [key.derive("a", b"b"), key.derive("ab", b""), key.derive("a", b"c"), key.derive("a", b"")];
        for (place, one) in keys.iter().enumerate() {
            assert!(!keys[place + 1..].contains(one));
        }
        assert_eq!(keys[0], ServerKey([7; 32]).derive("a", b"b"));
    }
}
