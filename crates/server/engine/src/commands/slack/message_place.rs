//! The place of a message in Slack, and the outcome of taking it.

use knock_model::{MessageId, NoteId};

/// The place and the author of a message in Slack. Ids are derived from the place, so that a repeated event changes nothing.
#[derive(Clone, Debug)]
pub struct SlackPlace {
    pub channel: String,
    /// The message.
    pub ts: String,
    /// The first message of its thread.
    pub thread: String,
    /// The author.
    pub user: String,
    /// Whether it is in the direct messages with the bot.
    pub is_direct: bool,
    /// The id of the message as a reply.
    pub message: MessageId,
    /// The id of the message as an internal note.
    pub note: NoteId,
}

/// The outcome of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlackTaken {
    /// Sent to the lead.
    Sent,
    /// Stored as an internal note.
    Noted,
    /// Ignored: not in a thread with a lead, or taken before.
    Nothing,
    /// Not taken: it may be in a thread whose first message was tried, and whose place is not recorded yet.
    Early,
    /// Refused, with an explanation to its author.
    Explained,
}
