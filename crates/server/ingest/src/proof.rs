//! The proof of an `identify`: an HMAC of its address, or a JWT with it.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result as JwtResult};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use knock_model::{Email, Millis};
use serde::Deserialize;
use sha2::Sha256;
use signature::Verifier;
use std::sync::Once;

/// The maximum difference between the clocks of a site's server and ours.
const LEEWAY: Millis = Millis::MINUTE;

#[derive(Deserialize)]
struct Claims {
    email: String,
    /// The end and the start of its validity: seconds since 1970, with or without a fraction.
    exp: f64,
    nbf: Option<f64>,
}

/// Checks a proof of an address; the error is the reason of the failure.
pub(crate) fn check(proof: &str, email: &Email, secret: &str, now: Millis) -> Result<(), &'static str> {
    if proof.contains('.') { by_jwt(proof, email, secret, now) } else { by_hmac(proof, email, secret) }
}

fn by_hmac(proof: &str, email: &Email, secret: &str) -> Result<(), &'static str> {
    let mut signature = [0; 32];
    let is_lower_case = !proof.bytes().any(|byte| byte.is_ascii_uppercase());
    if !is_lower_case || hex::decode_to_slice(proof, &mut signature).is_err() {
        return Err("is neither 64 lower-case hex digits nor a JWT");
    }
    let is_signed = keyed(secret.as_bytes()).chain_update(email.as_str()).verify_slice(&signature).is_ok();
    if is_signed { Ok(()) } else { Err("is not the HMAC-SHA256 of this address with the site's identify secret") }
}

fn by_jwt(proof: &str, email: &Email, secret: &str, now: Millis) -> Result<(), &'static str> {
    install();
    let mut validation = Validation::new(Algorithm::HS256);
    // The current instant is an argument, so it is compared below; the secret has this one use, whatever `aud` is.
    validation.validate_exp = false;
    validation.validate_aud = false;
    let key = DecodingKey::from_secret(secret.as_bytes());
    let claims = decode::<Claims>(proof, &key, &validation).map_err(|error| match error.kind() {
        ErrorKind::InvalidSignature => "is not signed with the site's identify secret",
        ErrorKind::InvalidAlgorithm => "is not signed by HS256",
        _ => "is not a JWT with `email` and `exp`",
    })?;
    let claims = claims.claims;
    if instant(claims.exp) + LEEWAY <= now {
        return Err("has expired");
    }
    if claims.nbf.is_some_and(|from| instant(from) > now + LEEWAY) {
        return Err("is not valid yet");
    }
    if Email::parse(&claims.email).as_ref() != Ok(email) {
        return Err("names another address");
    }
    Ok(())
}

/// Converts an instant of a JWT, in seconds.
fn instant(seconds: f64) -> Millis {
    // Far from the ends of the calendar, as the leeway is added to it.
    Millis((seconds * 1_000.0).clamp(-1e15, 1e15) as i64)
}

fn keyed(secret: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(secret).expect("HMAC takes keys of any length")
}

/// The only cryptography that a JWT can select here.
static HS256: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::InvalidAlgorithm.into()),
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};

fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // This program installs no other provider, so this cannot fail.
        let _ = HS256.install_default();
    });
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> JwtResult<Box<dyn JwtVerifier>> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256(key.try_get_as_bytes()?.to_vec()))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

struct Hs256(Vec<u8>);

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        keyed(&self.0).chain_update(message).verify_slice(signature).map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}
