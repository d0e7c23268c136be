//! A visitor on the way from one site of the workspace to another: a signed token that lives for minutes.

use crate::data::server_key::{ServerKey, keyed};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::Mac;
use knock_model::{Millis, SiteId, VisitorId};
use knock_wire::RawSecret;

/// How long a token can be redeemed, as often as the page is loaded again.
const LIFE: Millis = Millis(10 * Millis::MINUTE.0);
/// Visitor, site, last instant.
const SIGNED: usize = 16 + 8 + 8;
/// An HMAC-SHA256.
const SIGNATURE: usize = 32;

/// Who comes from where, and until when that may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Handoff {
    /// The browser.
    pub(crate) visitor: VisitorId,
    /// The site it leaves.
    pub(crate) site: SiteId,
    /// From here on the token is worth nothing.
    pub(crate) expires_at: Millis,
}

/// Why a token is worth nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worthless {
    /// Not signed here: spoilt, forged, or of another workspace.
    Foreign,
    /// Too old.
    Expired,
}

impl Handoff {
    /// A visitor leaves a site now.
    pub(crate) fn new(visitor: VisitorId, site: SiteId, now: Millis) -> Handoff {
        Handoff { visitor, site, expires_at: now + LIFE }
    }

    /// The token to carry over.
    pub(crate) fn sign(&self, key: &ServerKey) -> RawSecret {
        let mut bytes = Vec::with_capacity(SIGNED + SIGNATURE);
        bytes.extend(self.visitor.as_bytes());
        bytes.extend(self.site.0.to_be_bytes());
        bytes.extend(self.expires_at.0.to_be_bytes());
        let signature = keyed(&key.derive("handoff", b"")).chain_update(&bytes).finalize();
        bytes.extend(signature.into_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes).into()
    }

    /// What a token says, when it was signed here and not too long ago.
    pub(crate) fn read(token: &str, key: &ServerKey, now: Millis) -> Result<Handoff, Worthless> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).map_err(|_| Worthless::Foreign)?;
        let bytes: &[u8; SIGNED + SIGNATURE] = bytes.as_slice().try_into().map_err(|_| Worthless::Foreign)?;
        let (signed, signature) = bytes.split_at(SIGNED);
        let mac = keyed(&key.derive("handoff", b"")).chain_update(signed);
        mac.verify_slice(signature).map_err(|_| Worthless::Foreign)?;
        let handoff = Handoff {
            visitor: VisitorId::from_bytes(field(signed, 0)),
            site: SiteId(i64::from_be_bytes(field(signed, 16))),
            expires_at: Millis(i64::from_be_bytes(field(signed, 24))),
        };
        if now < handoff.expires_at { Ok(handoff) } else { Err(Worthless::Expired) }
    }
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
        ServerKey::open(dir.path(), &SystemChance).expect("it opens")
    }

    #[test]
    fn a_token_says_who_it_is_for_ten_minutes() {
        let key = key();
        let handoff = Handoff::new(VisitorId::new(NOW, &[3; 10]), SiteId(2), NOW);
        let token = handoff.sign(&key);
        let token = token.reveal();
        for (after, expected) in [
            (Millis(0), Ok(handoff)),
            (LIFE - Millis(1), Ok(handoff)),
            (LIFE, Err(Worthless::Expired)),
            (Millis::DAY, Err(Worthless::Expired)),
        ] {
            assert_eq!(Handoff::read(token, &key, NOW + after), expected, "{after:?}");
        }
    }

    #[test]
    fn every_changed_letter_spoils_a_token() {
        let key = key();
        let token = Handoff::new(VisitorId::new(NOW, &[3; 10]), SiteId(2), NOW).sign(&key);
        let token = token.reveal();
        for place in 0..token.len() {
            let mut letters = token.as_bytes().to_vec();
            letters[place] = if letters[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(letters).expect("letters");
            assert_eq!(Handoff::read(&changed, &key, NOW), Err(Worthless::Foreign), "{place}");
        }
        let others = [String::new(), "!".into(), format!("{token}A"), token[1..].to_owned()];
        for other in others {
            assert_eq!(Handoff::read(&other, &key, NOW), Err(Worthless::Foreign), "{other}");
        }
        assert_eq!(Handoff::read(token, &self::key(), NOW), Err(Worthless::Foreign));
    }
}
