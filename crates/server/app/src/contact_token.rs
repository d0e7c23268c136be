//! The sealed contact token of a mail merge address, valid for ninety days. It does not reveal the address of the
//! contact.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use knock_context::ServerKey;
use knock_model::{Email, Millis};
use knock_ports::Chance;
use knock_wire::RawSecret;

/// The lifetime of a contact token.
const LIFE: Millis = Millis::days(90);
/// The number of random bytes that make each token unique.
const NONCE: usize = 24;

/// The contact of an address, and its expiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContactToken {
    /// The contact.
    pub(crate) email: Email,
    /// The instant from which on the token is invalid.
    pub(crate) expires_at: Millis,
}

impl ContactToken {
    pub(crate) fn new(email: Email, now: Millis) -> ContactToken {
        ContactToken { email, expires_at: now + LIFE }
    }

    /// Seals the token for the address.
    pub(crate) fn seal(&self, key: &ServerKey, chance: &dyn Chance) -> RawSecret {
        let mut content = self.expires_at.0.to_be_bytes().to_vec();
        content.extend(self.email.to_text().as_bytes());
        let mut token = chance.bytes32()[..NONCE].to_vec();
        let sealed = cipher(key).encrypt(&nonce(&token), content.as_slice());
        token.extend(sealed.expect("a short text can be sealed"));
        BASE64_URL_SAFE_NO_PAD.encode(token).into()
    }

    /// The contact of a token at the instant `now`; none if it was not sealed here, or has expired.
    pub(crate) fn open(token: &str, key: &ServerKey, now: Millis) -> Option<Email> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (start, sealed) = bytes.split_at_checked(NONCE)?;
        let content = cipher(key).decrypt(&nonce(start), sealed).ok()?;
        let (expires_at, email) = content.split_first_chunk::<8>()?;
        let email = Email::parse(str::from_utf8(email).ok()?).ok()?;
        (now < Millis(i64::from_be_bytes(*expires_at))).then_some(email)
    }
}

fn cipher(key: &ServerKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.derive("contact-token", b"seal").into())
}

fn nonce(bytes: &[u8]) -> XNonce {
    let mut nonce = XNonce::default();
    nonce.copy_from_slice(bytes);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;

    const NOW: Millis = Millis(1_780_000_000_000);

    fn key() -> ServerKey {
        let dir = tempfile::tempdir().expect("a directory");
        crate::data::server_key::open(dir.path(), &SystemChance, || Ok(())).expect("it opens")
    }

    fn ann() -> Email {
        Email::parse("ann@acme.example").expect("an address")
    }

    #[test]
    fn a_token_names_its_contact_for_ninety_days() {
        let key = key();
        let token = ContactToken::new(ann(), NOW).seal(&key, &SystemChance);
        let open = |after: Millis| ContactToken::open(token.reveal(), &key, NOW + after);
        assert_eq!(open(Millis(0)), Some(ann()));
        assert_eq!(open(LIFE - Millis(1)), Some(ann()));
        assert_eq!(open(LIFE), None);
    }

    #[test]
    fn a_token_hides_whom_it_names() {
        let key = key();
        let token = || ContactToken::new(ann(), NOW).seal(&key, &SystemChance).reveal().to_owned();
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token()).expect("base64");
        assert!(!bytes.windows(4).any(|part| b"ann@acme.example".windows(4).any(|text| text == part)));
        assert_ne!(token(), token(), "nor that two are of the same one");
    }

    #[test]
    fn changed_and_foreign_tokens_are_rejected() {
        let key = key();
        let token = ContactToken::new(ann(), NOW).seal(&key, &SystemChance).reveal().to_owned();
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&token).expect("it was encoded so");
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_eq!(ContactToken::open(&BASE64_URL_SAFE_NO_PAD.encode(changed), &key, NOW), None, "{place}");
        }
        let foreign = ContactToken::new(ann(), NOW).seal(&self::key(), &SystemChance);
        for other in [foreign.reveal(), "", "x", "!", &token[1..], &format!("{token}AAAA")] {
            assert_eq!(ContactToken::open(other, &key, NOW), None, "{other}");
        }
    }
}
