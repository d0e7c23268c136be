//! The signed tag of a conversation: its id, and a proof by the key of this server. It is stored nowhere.

use knock_context::ServerKey;
use knock_model::ConversationId;
use knock_replies::tag;
use sha2::{Digest, Sha256};

const PURPOSE: &str = "mail-reply";

/// The tag of a conversation, as it stands in addresses and ids of mails.
pub fn reply_tag(conversation: ConversationId, key: &ServerKey) -> String {
    tag::spell(&signed(conversation, key))
}

/// The conversation of a tag; none if this server has not signed it.
pub fn opened_tag(tag: &[u8; 26], key: &ServerKey) -> Option<ConversationId> {
    let conversation = ConversationId::from_bytes(*tag.first_chunk::<16>()?);
    // Compared by hash: the time says nothing about how much of it is right.
    let is_genuine = Sha256::digest(tag) == Sha256::digest(signed(conversation, key));
    is_genuine.then_some(conversation)
}

fn signed(conversation: ConversationId, key: &ServerKey) -> [u8; 26] {
    let mut bytes = [0; 26];
    let (id, proof) = bytes.split_at_mut(16);
    id.copy_from_slice(conversation.as_bytes());
    proof.copy_from_slice(&key.derive(PURPOSE, conversation.as_bytes())[..10]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_opens_for_its_conversation_and_no_changed_one_does() {
        let (key, other) = (ServerKey::new([7; 32]), ServerKey::new([8; 32]));
        let conversation = ConversationId::from_bytes([3; 16]);
        let bytes = tag::find(&reply_tag(conversation, &key)).expect("a tag");
        assert_eq!(opened_tag(&bytes, &key), Some(conversation));
        assert_eq!(opened_tag(&bytes, &other), None);
        for bit in 0..26 * 8 {
            let mut changed = bytes;
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(opened_tag(&changed, &key), None, "{bit}");
        }
    }
}
