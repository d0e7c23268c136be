//! The deferred batches that must be replayed before a command.

use knock_model::{ConversationId, VisitorId};

/// The deferred batches that a command depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// The command does not read signals.
    Nothing,
    /// The signals of one browser.
    Browser(VisitorId),
    /// The signals of the browser of a conversation.
    Conversation(ConversationId),
    All,
}
