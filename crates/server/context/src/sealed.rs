//! Encryption of credentials for other services with the key of the server: a copy of the database does not show them.

use crate::ServerKey;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use knock_ports::Chance;

/// The number of random bytes that make each sealed text unique.
const NONCE: usize = 24;

/// A purpose, and whose text it is: what was sealed for one opens for no other.
#[derive(Clone, Copy)]
pub struct Seal<'s> {
    pub key: &'s ServerKey,
    pub purpose: &'static str,
    pub of: &'s [u8],
}

impl Seal<'_> {
    /// The text as it can be stored.
    pub fn close(self, text: &str, chance: &dyn Chance) -> String {
        let mut sealed = chance.bytes32()[..NONCE].to_vec();
        let content = self.cipher().encrypt(&nonce(&sealed), text.as_bytes());
        sealed.extend(content.expect("a short text can be sealed"));
        BASE64_URL_SAFE_NO_PAD.encode(sealed)
    }

    /// The text; none when it was not sealed here for this.
    pub fn open(self, sealed: &str) -> Option<String> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (start, content) = bytes.split_at_checked(NONCE)?;
        String::from_utf8(self.cipher().decrypt(&nonce(start), content).ok()?).ok()
    }

    fn cipher(self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key.derive(self.purpose, self.of).into())
    }
}

fn nonce(bytes: &[u8]) -> XNonce {
    let mut nonce = XNonce::default();
    nonce.copy_from_slice(bytes);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Other bytes with each draw.
    #[derive(Default)]
    struct Counted(std::sync::atomic::AtomicU8);

    impl Chance for Counted {
        fn bytes16(&self) -> [u8; 16] {
            [self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed); 16]
        }

        fn bytes32(&self) -> [u8; 32] {
            [self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed); 32]
        }
    }

    #[test]
    fn a_text_opens_for_whom_it_was_sealed_and_shows_nothing_before() {
        let (key, chance) = (ServerKey::new([7; 32]), Counted::default());
        let seal = |purpose, of| Seal { key: &key, purpose, of };
        let sealed = seal("calendar", b"ann").close("heron-granite-41", &chance);
        assert_eq!(seal("calendar", b"ann").open(&sealed).as_deref(), Some("heron-granite-41"));
        assert_ne!(seal("calendar", b"ann").close("heron-granite-41", &chance), sealed);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&sealed).expect("it was encoded so");
        assert!(!bytes.windows(5).any(|part| part == b"heron"));
        assert_eq!(seal("calendar", b"bo").open(&sealed), None);
        assert_eq!(seal("mail", b"ann").open(&sealed), None);
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_eq!(seal("calendar", b"ann").open(&BASE64_URL_SAFE_NO_PAD.encode(changed)), None, "{place}");
        }
        assert_eq!(seal("calendar", b"ann").open("x"), None);
    }
}
