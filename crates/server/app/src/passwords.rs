//! Passwords: what they must be, their hashes, and checking them, a few at a time.

mod frequent;

use crate::config::PasswordPolicy;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use frequent::is_frequent;
use knock_ports::PasswordHash;
use knock_wire::RawSecret;
use std::sync::Arc;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Characters of a password, at least and at most.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=256;
/// Memory of one hash in KiB, rounds and lanes: what OWASP recommends for Argon2id.
const MEMORY: u32 = 19_456;
const ROUNDS: u32 = 2;
const LANES: u32 = 1;
/// Hashes at once: each holds its memory.
const AT_ONCE: usize = 2;
/// Those that may wait for their turn.
const WAITING: usize = 32;
/// The hash that is checked for members without a password, so that the answer takes as long. No password matches it.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Checks and makes hashes of passwords.
pub(crate) struct Passwords {
    is_way_in: bool,
    places: Arc<Semaphore>,
    queue: Semaphore,
}

/// Too many passwords are being checked.
#[derive(Debug)]
pub(crate) struct Busy;

impl Passwords {
    /// The passwords by the configured policy.
    pub(crate) fn new(policy: PasswordPolicy, is_mail_set_up: bool) -> Passwords {
        let is_way_in = policy.lets_in(is_mail_set_up);
        Passwords { is_way_in, places: Arc::new(Semaphore::new(AT_ONCE)), queue: Semaphore::new(AT_ONCE + WAITING) }
    }

    /// Whether members sign in by passwords.
    pub(crate) const fn is_way_in(&self) -> bool {
        self.is_way_in
    }

    /// The stored hash of a password.
    pub(crate) async fn hash(&self, password: RawSecret, salt: [u8; 16]) -> Result<PasswordHash, Busy> {
        self.work(move || hash(&password, &salt)).await?.ok_or(Busy)
    }

    /// Whether a password is the one that a hash is of; never where there is none, which takes as long.
    pub(crate) async fn is_right(&self, password: RawSecret, hash: Option<PasswordHash>) -> Result<bool, Busy> {
        self.work(move || {
            let is_right = is_of(&password, hash.as_ref().map_or(DUMMY_HASH, |hash| &hash.0));
            is_right && hash.is_some()
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let _waiting = self.queue.try_acquire().map_err(|_| Busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            // Held until the memory is free again, also when the caller no longer waits.
            let _place = place;
            work()
        });
        done.await.map_err(|_| Busy)
    }
}

/// The reason for which a password is not accepted; none if it is.
pub(crate) fn refusal(password: &RawSecret, email: &str) -> Option<&'static str> {
    let text = password.reveal();
    match text.chars().count() {
        length if length < *LENGTH.start() => Some("is too short: it needs 12 characters or more"),
        length if length > *LENGTH.end() => Some("is too long: it can have 256 characters at most"),
        _ if text.trim().eq_ignore_ascii_case(email) => Some("is your e-mail address"),
        _ if is_frequent(text) => Some("is one of the most common passwords"),
        _ => None,
    }
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY, ROUNDS, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The same bytes for the same text, however a keyboard composes its letters.
fn bytes(password: &RawSecret) -> Vec<u8> {
    password.reveal().nfkc().collect::<String>().into_bytes()
}

fn hash(password: &RawSecret, salt: &[u8]) -> Option<PasswordHash> {
    let made = argon2()?.hash_password_with_salt(&bytes(password), salt).ok()?;
    Some(PasswordHash(made.to_string()))
}

/// Whether a hash is of a password; the parameters are those of the hash.
fn is_of(password: &RawSecret, hash: &str) -> bool {
    argon2().is_some_and(|argon2| argon2.verify_password(&bytes(password), hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> RawSecret {
        RawSecret::from(text.to_owned())
    }

    #[test]
    fn what_a_password_must_be() {
        let long = "x1".repeat(129);
        for (password, expected) in [
            ("elevenchars", Some("too short")),
            ("twelve chars", None),
            ("zw\u{f6}lf Zeiche", None),
            (long.as_str(), Some("too long")),
            (&long[..256], None),
            ("Ann.Lee@Acme.example", Some("e-mail address")),
            ("Password1234", Some("most common")),
            ("qwertyuiop123", Some("most common")),
            ("aaaaaaaaaaaaa", Some("most common")),
            ("123456789012345", Some("most common")),
            ("correct horse battery", None),
        ] {
            let refused = refusal(&secret(password), "ann.lee@acme.example");
            assert_eq!(refused.is_some(), expected.is_some(), "{password}: {refused:?}");
            assert!(refused.unwrap_or_default().contains(expected.unwrap_or_default()), "{password}: {refused:?}");
        }
    }

    #[test]
    fn a_hash_is_of_its_password_only_and_says_how_it_was_made() {
        let made = hash(&secret("correct horse battery"), &[7; 16]).expect("it is made");
        assert!(made.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", made.0);
        assert!(is_of(&secret("correct horse battery"), &made.0));
        assert!(!is_of(&secret("Correct horse battery"), &made.0));
        assert!(!is_of(&secret("correct horse battery"), "x"));
        assert!(argon2::PasswordHash::new(DUMMY_HASH).is_ok(), "checking it takes as long as any other");
        assert_ne!(hash(&secret("correct horse battery"), &[8; 16]), Some(made));
    }

    #[test]
    fn letters_are_the_same_however_they_are_composed() {
        let made = hash(&secret("gr\u{fc}ne Wiese 12"), &[7; 16]).expect("it is made");
        assert!(is_of(&secret("gru\u{308}ne Wiese 12"), &made.0));
    }

    #[tokio::test]
    async fn an_unknown_member_has_no_password_and_the_queue_is_bounded() {
        let passwords = Passwords::new(PasswordPolicy::WithoutMail, false);
        assert!(!passwords.is_right(secret(""), None).await.expect("there is room"));
        let _taken = passwords.queue.try_acquire_many((AT_ONCE + WAITING) as u32).expect("all places");
        assert!(passwords.is_right(secret("x"), None).await.is_err());
    }

    #[test]
    fn passwords_are_a_way_in_as_configured() {
        for (policy, without_mail, with_mail) in [
            (PasswordPolicy::WithoutMail, true, false),
            (PasswordPolicy::Always, true, true),
            (PasswordPolicy::Never, false, false),
        ] {
            let found = [false, true].map(|is_mail_set_up| Passwords::new(policy, is_mail_set_up).is_way_in());
            assert_eq!(found, [without_mail, with_mail], "{policy:?}");
        }
    }
}
