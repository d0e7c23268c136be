//! Where something was written in Slack, and what became of it.

use knock_model::{MessageId, NoteId};

/// Where something was written in Slack, and by whom. Ids are made of the place, so that the same is told only once.
#[derive(Clone, Debug)]
pub struct SlackPlace {
    /// The channel.
    pub channel: String,
    /// The message.
    pub ts: String,
    /// The first message of its thread.
    pub thread: String,
    /// Who wrote it.
    pub user: String,
    /// The id of the reply that it is.
    pub message: MessageId,
    /// The id of the note that it is.
    pub note: NoteId,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlackTaken {
    /// It went to the lead.
    Sent,
    /// It stays inside.
    Noted,
    /// It is none of a thread with a lead, or was taken before.
    Nothing,
    /// Its writer was told why nothing was done.
    Told,
}
