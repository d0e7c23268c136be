//! The identification of the sender to push services (VAPID, RFC 8292).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use knock_model::Millis;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use url::Url;

/// The validity of a signature; push services accept a day at most.
const LIFE: Millis = Millis(12 * 60 * Millis::MINUTE.0);

/// The key that subscriptions are bound to, and whom a push service may ask about it.
#[derive(Clone)]
pub struct Vapid {
    key: SigningKey,
    subject: String,
}

impl Vapid {
    /// A key of 32 secret bytes; none where they are no key of P-256, which happens once in 2^32. `subject` is an
    /// address that begins with `https:` or `mailto:`.
    pub fn new(secret: &[u8; 32], subject: String) -> Option<Vapid> {
        let key = SigningKey::from_bytes(secret.into()).ok()?;
        Some(Vapid { key, subject })
    }

    /// The public key, as browsers take it: a point, uncompressed, in base64url.
    pub fn public_key(&self) -> String {
        BASE64.encode(self.key.verifying_key().to_encoded_point(false).as_bytes())
    }

    /// The header `Authorization` of a request to a push service.
    pub(crate) fn authorization(&self, endpoint: &Url, now: Millis) -> String {
        let expires = (now + LIFE).0.div_euclid(1_000);
        let claims = json!({"aud": endpoint.origin().ascii_serialization(), "exp": expires, "sub": self.subject});
        let header = BASE64.encode(json!({"typ": "JWT", "alg": "ES256"}).to_string());
        let signed = format!("{header}.{}", BASE64.encode(claims.to_string()));
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("vapid t={signed}.{}, k={}", BASE64.encode(signature.to_bytes()), self.public_key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::signature::Verifier;

    #[test]
    fn a_request_is_signed_for_its_push_service_alone_and_for_half_a_day() {
        let vapid = Vapid::new(&[7; 32], "mailto:ann@acme.example".into()).expect("a key");
        let endpoint = Url::parse("https://push.example:444/send/abc").expect("an address");
        let header = vapid.authorization(&endpoint, Millis(1_795_163_907_123));
        let (token, key) = header.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("both");
        assert_eq!((key, key.len()), (&*vapid.public_key(), 87));
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let signature = Signature::from_slice(&BASE64.decode(signature).expect("base64")).expect("a signature");
        assert!(vapid.key.verifying_key().verify(signed.as_bytes(), &signature).is_ok());
        let claims = BASE64.decode(signed.split_once('.').expect("claims").1).expect("base64");
        let claims: serde_json::Value = serde_json::from_slice(&claims).expect("JSON");
        let expected =
            json!({"aud": "https://push.example:444", "exp": 1_795_207_107, "sub": "mailto:ann@acme.example"});
        assert_eq!(claims, expected);
    }
}
