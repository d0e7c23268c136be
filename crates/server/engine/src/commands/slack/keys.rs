//! Keys of posts about a chat. A thread under a direct message is a member's part of it.

use knock_model::{ConversationId, FileId, MessageId, NoteId, RepId};

/// The key prefix of the direct message to a present or past owner of the chat: the first message of the rep's thread.
const ASSIGNED: &str = "dm:";
/// The key prefix of the direct message to a member who joined the chat: the first message of the member's thread.
const JOINED: &str = "join:";
/// The key prefix of the direct message that asks the owner in the CRM to join.
const ASKED: &str = "owner:";

fn of(conversation: ConversationId, member: RepId) -> String {
    format!("{conversation}:{member}")
}

/// Returns the key of the direct message to a rep who has a chat.
pub fn assigned_key(conversation: ConversationId, member: RepId) -> String {
    format!("{ASSIGNED}{}", of(conversation, member))
}

/// Returns the key of the direct message to a member who joined a chat.
pub fn joined_key(conversation: ConversationId, member: RepId) -> String {
    format!("{JOINED}{}", of(conversation, member))
}

/// Returns the key of the direct message that asks the owner in the CRM to join a chat.
pub fn asked_key(conversation: ConversationId, member: RepId) -> String {
    format!("{ASKED}{}", of(conversation, member))
}

/// Whether a key is that of the direct message to a present or past owner of the chat.
pub fn is_assigned(key: &str) -> bool {
    key.starts_with(ASSIGNED)
}

/// Whether a key is that of the direct message to a member who joined.
pub fn is_joined(key: &str) -> bool {
    key.starts_with(JOINED)
}

/// Whether a key is that of the direct message that asks an owner to join.
pub fn is_asked(key: &str) -> bool {
    key.starts_with(ASKED)
}

/// Returns the chat and the member of a thread, by the key of its first message; none for other posts.
pub fn thread_of(key: &str) -> Option<&str> {
    key.strip_prefix(ASSIGNED).or_else(|| key.strip_prefix(JOINED))
}

/// Returns the member of a direct message, by its key.
pub fn member_of(key: &str) -> Option<RepId> {
    let (kind, rest) = key.split_once(':')?;
    let is_direct = ["dm", "join", "owner"].contains(&kind);
    let (_, member) = rest.rsplit_once(':').filter(|_| is_direct)?;
    RepId::parse(member).ok()
}

/// Returns the key of a message in the thread under this post.
pub fn message_key(thread: &str, message: MessageId) -> String {
    format!("{MESSAGE}{}:{message}", thread_of(thread).unwrap_or(thread))
}

const MESSAGE: &str = "msg:";

/// Returns the message of a post, by its key.
pub(super) fn message_of(key: &str) -> Option<MessageId> {
    let (_, message) = key.strip_prefix(MESSAGE)?.rsplit_once(':')?;
    MessageId::parse(message).ok()
}

/// Returns the key of an internal note in the thread under this post.
pub fn note_key(thread: &str, note: NoteId) -> String {
    format!("note:{}:{note}", thread_of(thread).unwrap_or(thread))
}

/// Returns the key of a file of the chat in the thread under this post.
pub fn file_key(thread: &str, file: FileId) -> String {
    format!("file:{}:{file}", thread_of(thread).unwrap_or(thread))
}

/// Returns the key of a mark: the files of the message at this place must not be sent any more.
pub(super) fn held_key(channel: &str, ts: &str) -> String {
    format!("held:{channel}:{ts}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_they_are_of() {
        let (chat, ann) = (ConversationId::from_bytes([1; 16]), RepId::from_bytes([2; 16]));
        let message = MessageId::new(knock_model::Millis(1), &[3; 10]);
        let [assigned, joined, asked] = [assigned_key(chat, ann), joined_key(chat, ann), asked_key(chat, ann)];
        assert!(is_assigned(&assigned) && is_joined(&joined) && is_asked(&asked));
        assert_eq!((thread_of(&assigned), thread_of(&asked)), (thread_of(&joined), None));
        assert_eq!(message_key(&assigned, message), message_key(&joined, message));
        assert_eq!(message_of(&message_key(&joined, message)), Some(message));
        assert_eq!((message_of(&joined), member_of("monitor:1:2")), (None, None));
    }
}
