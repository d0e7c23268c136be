//! The token of a mailed link that opens its conversation again: signed, for thirty days, not stored.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use knock_context::ServerKey;
use knock_context::hash;
use knock_model::{ConversationId, Millis};
use knock_wire::RawSecret;

/// The lifetime of a link after its mail.
const LIFE: Millis = Millis::days(30);

/// The conversation that a link opens, and its expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Resume {
    pub(crate) conversation: ConversationId,
    /// From here on the token is worth nothing.
    pub(crate) expires_at: Millis,
}

impl Resume {
    /// For a mail that was written at an instant.
    pub(crate) fn new(conversation: ConversationId, written_at: Millis) -> Resume {
        Resume { conversation, expires_at: written_at + LIFE }
    }

    /// The token that stands in the link.
    pub(crate) fn sign(&self, key: &ServerKey) -> RawSecret {
        let mut token = self.conversation.as_bytes().to_vec();
        token.extend(self.expires_at.0.to_be_bytes());
        let proof = key.derive("chat-resume", &token);
        token.extend(&proof[..16]);
        BASE64_URL_SAFE_NO_PAD.encode(token).into()
    }

    /// The conversation that a token opens at the instant `now`; none when it was not signed here, or is too old.
    pub(crate) fn open(token: &str, key: &ServerKey, now: Millis) -> Option<ConversationId> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (conversation, rest) = bytes.split_first_chunk::<16>()?;
        let (expires_at, _) = rest.split_first_chunk::<8>()?;
        let resume = Resume {
            conversation: ConversationId::from_bytes(*conversation),
            expires_at: Millis(i64::from_be_bytes(*expires_at)),
        };
        // Hashed, so that the time of the comparison does not depend on the proof.
        let is_signed = hash(resume.sign(key).reveal()) == hash(token);
        (is_signed && now < resume.expires_at).then_some(resume.conversation)
    }
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

    #[test]
    fn a_token_opens_its_conversation_for_thirty_days() {
        let (key, conversation) = (key(), ConversationId::new([7; 16]));
        let token = Resume::new(conversation, NOW).sign(&key);
        let open = |after: Millis| Resume::open(token.reveal(), &key, NOW + after);
        assert_eq!(open(Millis(0)), Some(conversation));
        assert_eq!(open(LIFE - Millis(1)), Some(conversation));
        assert_eq!(open(LIFE), None);
    }

    #[test]
    fn whatever_else_opens_nothing() {
        let key = key();
        let token = Resume::new(ConversationId::new([7; 16]), NOW).sign(&key).reveal().to_owned();
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&token).expect("it was encoded so");
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_eq!(Resume::open(&BASE64_URL_SAFE_NO_PAD.encode(changed), &key, NOW), None, "{place}");
        }
        let foreign = Resume::new(ConversationId::new([7; 16]), NOW).sign(&self::key());
        for other in [foreign.reveal(), "", "x", "!", &token[1..], &format!("{token}AAAA")] {
            assert_eq!(Resume::open(other, &key, NOW), None, "{other}");
        }
    }
}
