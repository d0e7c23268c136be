//! The inbox view of a chat.

use super::words::ChatStatus;
use super::work::Work;
use knock_model::{Millis, vocabulary};

vocabulary! {
    /// The inbox folder of a chat: exactly one at an instant.
    Folder {
        /// The chat is open.
        Open = "open",
        /// The lead was not active for more than 12 days.
        Closed = "closed",
        /// The lead was rejected.
        Rejected = "rejected",
        /// The lead is marked as spam, whatever the status (MS-08).
        Spam = "spam",
        /// A member put it aside until an instant.
        Snoozed = "snoozed",
        /// Nothing is left to do: a member says so, or a deal is open and the lead does not wait.
        Done = "done",
    }
}

impl Folder {
    /// The folder of a chat in a status since an instant, or of work on a lead without a chat. What a member said about
    /// work counts until the status changes, a snooze until it ends (7.5).
    pub(super) fn of(status: Option<(ChatStatus, Millis)>, is_spam: bool, work: &Work, waits: bool) -> Folder {
        let (status, since) = status.unzip();
        match (status, work) {
            _ if is_spam => Folder::Spam,
            (Some(ChatStatus::Spam), _) => Folder::Spam,
            (Some(ChatStatus::Rejected), _) => Folder::Rejected,
            (_, Work::Snoozed { .. }) => Folder::Snoozed,
            (_, Work::Opened { at } | Work::Woken { at, .. }) if since <= Some(*at) => Folder::Open,
            (Some(ChatStatus::Closed), _) => Folder::Closed,
            (_, Work::Done { .. }) => Folder::Done,
            (Some(ChatStatus::Qualified), _) if !waits => Folder::Done,
            _ => Folder::Open,
        }
    }
}
