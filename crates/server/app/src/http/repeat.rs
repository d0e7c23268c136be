//! `Idempotency-Key`: what a program sends again under the same key is done once.

use super::problem::Problem;
use super::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use knock_context::random10;
use knock_model::{ConversationId, MessageId, Millis, NoteId, SignalId};
use knock_ports::{Chance, SecretHash};
use knock_wire::FieldError;
use sha2::{Digest, Sha256};

const HEADER: &str = "idempotency-key";
/// The longest key, in characters.
const LONGEST: usize = 255;

/// The key of a request, if it has one. Ids made by it are the same for the same caller, conversation and key, so the
/// command under them finds what an earlier request did.
pub(crate) struct Repeat(Option<String>);

impl FromRequestParts<AppState> for Repeat {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Repeat, Problem> {
        let Some(value) = parts.headers.get(HEADER) else { return Ok(Repeat(None)) };
        let key = value.to_str().unwrap_or_default();
        if key.is_empty() || key.len() > LONGEST {
            let reason = format!("must have 1 to {LONGEST} visible ASCII characters");
            return Err(Problem::malformed(FieldError { pointer: "header/Idempotency-Key".into(), reason }));
        }
        Ok(Repeat(Some(key.to_owned())))
    }
}

impl Repeat {
    /// The id of a message, in text: that of the draft, else one by the key; empty without both.
    pub(crate) fn message(&self, given: String, by: SecretHash, of: ConversationId) -> String {
        self.or_given(given, (by, of), |random| MessageId::new(Millis(0), random).to_string())
    }

    /// The id of a note, in the same way.
    pub(crate) fn note(&self, given: String, by: SecretHash, of: ConversationId) -> String {
        self.or_given(given, (by, of), |random| NoteId::new(Millis(0), random).to_string())
    }

    /// The id of a fact: one by the key, else a new one.
    pub(crate) fn fact(&self, by: SecretHash, of: ConversationId, now: Millis, chance: &dyn Chance) -> SignalId {
        match self.random(by, of) {
            Some(random) => SignalId::new(Millis(0), &random),
            None => SignalId::new(now, &random10(chance)),
        }
    }

    fn or_given(
        &self,
        given: String,
        (by, of): (SecretHash, ConversationId),
        made: impl Fn(&[u8; 10]) -> String,
    ) -> String {
        if !given.is_empty() {
            return given;
        }
        self.random(by, of).as_ref().map(made).unwrap_or_default()
    }

    /// The part of an id that is the same for the same caller, conversation and key.
    fn random(&self, by: SecretHash, of: ConversationId) -> Option<[u8; 10]> {
        let digest = Sha256::new().chain_update(by.0).chain_update(of.as_bytes()).chain_update(self.0.as_ref()?);
        let mut random = [0; 10];
        random.copy_from_slice(&digest.finalize()[..10]);
        Some(random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_gives_the_same_id_to_one_caller_in_one_conversation() {
        let (one, other) = (SecretHash([1; 32]), SecretHash([2; 32]));
        let (here, there) = (ConversationId::new([3; 16]), ConversationId::new([4; 16]));
        let repeat = Repeat(Some("zap-1".into()));
        let id = repeat.message(String::new(), one, here);
        assert_eq!(repeat.message(String::new(), one, here), id);
        assert!(MessageId::parse(&id).is_ok());
        assert_ne!(repeat.message(String::new(), other, here), id);
        assert_ne!(repeat.message(String::new(), one, there), id);
        assert_ne!(Repeat(Some("zap-2".into())).message(String::new(), one, here), id);
        assert_eq!(repeat.message("mine".into(), one, here), "mine");
        assert_eq!(Repeat(None).message(String::new(), one, here), "");
    }
}
