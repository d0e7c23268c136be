//! Any proof of an address: only one that the secret signed for that very address is accepted.

use crate::proof::check;
use hmac::{Hmac, KeyInit, Mac};
use knock_model::{Email, Millis};
use serde_json::Value;
use sha2::Sha256;

const NOW: Millis = Millis(1_780_000_000_000);
const SECRET: &str = "secret";

/// The input is an address, then a proof on the next line.
#[test]
fn proof() {
    knock_fuzz::target("proof", |bytes| {
        let Some((email, proof)) = std::str::from_utf8(bytes).ok().and_then(|text| text.split_once('\n')) else {
            return;
        };
        let Ok(email) = Email::parse(email) else { return };
        match check(proof, &email, SECRET, NOW) {
            Err(reason) => assert!(!reason.is_empty()),
            Ok(()) if proof.contains('.') => check_jwt(proof, &email),
            Ok(()) => assert_eq!(proof, hex::encode(signed(email.as_str()))),
        }
        assert!(check(proof, &email, "another secret", NOW).is_err());
    });
}

fn signed(message: &str) -> Vec<u8> {
    let keyed = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any length");
    keyed.chain_update(message).finalize().into_bytes().to_vec()
}

/// Checks header, claims and signature without the library.
fn check_jwt(token: &str, email: &Email) {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else { panic!("{token}") };
    assert_eq!(base64url(signature), signed(&format!("{header}.{claims}")));
    let read = |part: &str| serde_json::from_slice::<Value>(&base64url(part)).expect("JSON");
    assert_eq!(read(header)["alg"], "HS256");
    let claims = read(claims);
    let named = claims["email"].as_str().and_then(|named| Email::parse(named).ok());
    assert_eq!(named.as_ref(), Some(email));
    assert!(claims["exp"].as_f64().is_some_and(|exp| exp * 1_000.0 + 60_000.0 >= NOW.0 as f64), "{claims}");
}

/// Decodes base64 in the alphabet of URLs, without padding.
fn base64url(text: &str) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bits, mut held, mut bytes) = (0u32, 0, Vec::new());
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter).expect("a letter");
        bits = bits << 6 | u32::try_from(value).expect("six bits");
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}
