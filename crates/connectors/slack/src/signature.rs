//! The signature of what Slack posts: an HMAC of the raw body and of the instant.

use hmac::{Hmac, KeyInit, Mac};
use knock_model::Millis;
use sha2::Sha256;

/// The header with the instant, in seconds since 1970.
pub const TIMESTAMP_HEADER: &str = "x-slack-request-timestamp";
pub const SIGNATURE_HEADER: &str = "x-slack-signature";
/// The maximum distance of the instant from ours, earlier or later.
pub const WINDOW: Millis = Millis(5 * 60_000);

const VERSION: &str = "v0";

/// The reason for which a request is not accepted as one of Slack's. It never contains the right signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    /// A header is missing, or not of its form.
    #[error("the headers of the signature are missing or unreadable")]
    Unreadable,
    /// The signature is more than five minutes old, or from more than five minutes ahead.
    #[error("the request was signed more than five minutes away from now")]
    Stale,
    /// The signature belongs to another body, or to another secret.
    #[error("the signature is not of this request")]
    Wrong,
}

/// Verifies that `body` was signed with `secret`, at most five minutes from `now`. Signatures are compared in constant
/// time. The headers are empty where the request has none.
///
/// # Errors
/// When it was not.
pub fn verify(
    secret: &str,
    timestamp_header: &str,
    signature_header: &str,
    body: &[u8],
    now: Millis,
) -> Result<(), BadSignature> {
    let is_number = !timestamp_header.is_empty() && timestamp_header.bytes().all(|byte| byte.is_ascii_digit());
    let seconds: i64 = timestamp_header.parse().ok().filter(|_| is_number).ok_or(BadSignature::Unreadable)?;
    let hex_digits = signature_header.strip_prefix(VERSION).and_then(|rest| rest.strip_prefix('='));
    let given = hex_digits.and_then(|digits| hex::decode(digits).ok()).ok_or(BadSignature::Unreadable)?;
    // An empty secret would let everybody sign.
    let key = Some(secret.as_bytes()).filter(|key| !key.is_empty()).ok_or(BadSignature::Wrong)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| BadSignature::Wrong)?;
    for part in [VERSION.as_bytes(), b":", timestamp_header.as_bytes(), b":", body] {
        mac.update(part);
    }
    mac.verify_slice(&given).map_err(|_| BadSignature::Wrong)?;
    let away = now.0.abs_diff(seconds.saturating_mul(1_000));
    if away <= WINDOW.0.unsigned_abs() { Ok(()) } else { Err(BadSignature::Stale) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Slack's documentation.
    const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
    const BODY: &str = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&\
        channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=\
        https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=\
        398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const SIGNATURE: &str = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    const AT: i64 = 1_531_420_618;

    fn check(now: i64, timestamp: &str, signature: &str, body: &str, expected: Result<(), BadSignature>) {
        assert_eq!(
            verify(SECRET, timestamp, signature, body.as_bytes(), Millis(now)),
            expected,
            "{timestamp} {signature}"
        );
    }

    #[test]
    fn the_example_of_the_documentation_is_right() {
        check(AT * 1_000, "1531420618", SIGNATURE, BODY, Ok(()));
        assert_eq!(verify("", "1531420618", SIGNATURE, BODY.as_bytes(), Millis(AT * 1_000)), Err(BadSignature::Wrong));
    }

    #[test]
    fn it_is_right_for_five_minutes_on_either_side() {
        for (now, expected) in [
            (AT - 300, Ok(())),
            (AT + 300, Ok(())),
            (AT - 301, Err(BadSignature::Stale)),
            (AT + 301, Err(BadSignature::Stale)),
            (0, Err(BadSignature::Stale)),
        ] {
            check(now * 1_000, "1531420618", SIGNATURE, BODY, expected);
        }
    }

    #[test]
    fn anything_changed_is_wrong() {
        let other = SIGNATURE.replace("a2114d", "a2114e");
        let short = &SIGNATURE[..65];
        for (timestamp, signature, body) in [
            ("1531420619", SIGNATURE, BODY),
            ("01531420618", SIGNATURE, BODY),
            ("1531420618", other.as_str(), BODY),
            ("1531420618", short, BODY),
            ("1531420618", "v0=", BODY),
            ("1531420618", SIGNATURE, ""),
            ("1531420618", SIGNATURE, &BODY[1..]),
        ] {
            check(AT * 1_000, timestamp, signature, body, Err(BadSignature::Wrong));
        }
    }

    #[test]
    fn headers_of_another_form_are_unreadable() {
        for (timestamp, signature) in [
            ("", SIGNATURE),
            ("soon", SIGNATURE),
            ("+1531420618", SIGNATURE),
            (" 1531420618", SIGNATURE),
            ("99999999999999999999", SIGNATURE),
            ("1531420618", ""),
            ("1531420618", &SIGNATURE[3..]),
            ("1531420618", &SIGNATURE.replace("v0", "v1")),
            ("1531420618", &SIGNATURE[..66]),
            ("1531420618", "v0=nothexatall"),
        ] {
            check(AT * 1_000, timestamp, signature, BODY, Err(BadSignature::Unreadable));
        }
    }
}
