//! A visitor on the way from one site of the workspace to another: a sealed token that lives for minutes. Who sees it
//! learns nothing of the visitor.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use knock_context::ServerKey;
use knock_model::{Millis, SiteId, VisitorId};
use knock_ports::Chance;
use knock_wire::RawSecret;

/// The lifetime of a token.
const LIFE: Millis = Millis(10 * Millis::MINUTE.0);
/// Visitor, site, last instant.
const CONTENT: usize = 16 + 8 + 8;
/// The number of random bytes that make each token unique.
const NONCE: usize = 24;

/// The visitor and the two sites of a handoff, and its expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Handoff {
    pub(crate) visitor: VisitorId,
    /// The site it leaves.
    pub(crate) site: SiteId,
    /// From here on the token is worth nothing.
    pub(crate) expires_at: Millis,
}

/// The reason for which a token is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worthless {
    /// Not sealed here: spoilt, forged, or of another workspace.
    Foreign,
    Expired,
}

impl Handoff {
    /// A visitor leaves a site now.
    pub(crate) fn new(visitor: VisitorId, site: SiteId, now: Millis) -> Handoff {
        Handoff { visitor, site, expires_at: now + LIFE }
    }

    /// The token to carry over.
    pub(crate) fn seal(&self, key: &ServerKey, chance: &dyn Chance) -> RawSecret {
        let mut content = Vec::with_capacity(CONTENT);
        content.extend(self.visitor.as_bytes());
        content.extend(self.site.0.to_be_bytes());
        content.extend(self.expires_at.0.to_be_bytes());
        let mut token = chance.bytes32()[..NONCE].to_vec();
        let sealed = cipher(key).encrypt(&nonce(&token), content.as_slice());
        token.extend(sealed.expect("a few bytes can be sealed"));
        BASE64_URL_SAFE_NO_PAD.encode(token).into()
    }

    /// The handoff of a token, if it was sealed here and has not expired.
    pub(crate) fn open(token: &str, key: &ServerKey, now: Millis) -> Result<Handoff, Worthless> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).map_err(|_| Worthless::Foreign)?;
        let (start, sealed) = bytes.split_at_checked(NONCE).ok_or(Worthless::Foreign)?;
        let content = cipher(key).decrypt(&nonce(start), sealed).map_err(|_| Worthless::Foreign)?;
        let content: &[u8; CONTENT] = content.as_slice().try_into().map_err(|_| Worthless::Foreign)?;
        let handoff = Handoff {
            visitor: VisitorId::from_bytes(field(content, 0)),
            site: SiteId(i64::from_be_bytes(field(content, 16))),
            expires_at: Millis(i64::from_be_bytes(field(content, 24))),
        };
        if now < handoff.expires_at { Ok(handoff) } else { Err(Worthless::Expired) }
    }
}

fn cipher(key: &ServerKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.derive("handoff", b"seal").into())
}

fn nonce(bytes: &[u8]) -> XNonce {
    let mut nonce = XNonce::default();
    nonce.copy_from_slice(bytes);
    nonce
}

fn field<const N: usize>(bytes: &[u8], from: usize) -> [u8; N] {
    let mut field = [0; N];
    field.copy_from_slice(&bytes[from..from + N]);
    field
}

#[cfg(test)]
mod fuzz;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;

    const NOW: Millis = Millis(1_780_000_000_000);

    fn key() -> ServerKey {
        let dir = tempfile::tempdir().expect("a directory");
        crate::data::server_key::open(dir.path(), &SystemChance, || Ok(())).expect("it opens")
    }

    #[test]
    fn a_token_says_who_it_is_for_ten_minutes() {
        let key = key();
        let handoff = Handoff::new(VisitorId::new(NOW, &[3; 10]), SiteId(2), NOW);
        let token = handoff.seal(&key, &SystemChance);
        let token = token.reveal();
        for (after, expected) in [
            (Millis(0), Ok(handoff)),
            (LIFE - Millis(1), Ok(handoff)),
            (LIFE, Err(Worthless::Expired)),
            (Millis::DAY, Err(Worthless::Expired)),
        ] {
            assert_eq!(Handoff::open(token, &key, NOW + after), expected, "{after:?}");
        }
    }

    #[test]
    fn a_token_hides_who_it_is_of() {
        let (key, visitor) = (key(), VisitorId::new(NOW, &[3; 10]));
        let token = |site| Handoff::new(visitor, SiteId(site), NOW).seal(&key, &SystemChance);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token(2).reveal()).expect("base64");
        assert!(!bytes.windows(8).any(|part| visitor.as_bytes().windows(8).any(|id| id == part)));
        assert_ne!(token(2).reveal(), token(2).reveal(), "nor that two are of the same one");
    }

    #[test]
    fn every_changed_letter_spoils_a_token() {
        let key = key();
        let token = Handoff::new(VisitorId::new(NOW, &[3; 10]), SiteId(2), NOW).seal(&key, &SystemChance);
        let token = token.reveal();
        for place in 0..token.len() {
            let mut letters = token.as_bytes().to_vec();
            letters[place] = if letters[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(letters).expect("letters");
            assert_eq!(Handoff::open(&changed, &key, NOW), Err(Worthless::Foreign), "{place}");
        }
        let others = [String::new(), "!".into(), format!("{token}A"), token[1..].to_owned()];
        for other in others {
            assert_eq!(Handoff::open(&other, &key, NOW), Err(Worthless::Foreign), "{other}");
        }
        assert_eq!(Handoff::open(token, &self::key(), NOW), Err(Worthless::Foreign));
    }
}
