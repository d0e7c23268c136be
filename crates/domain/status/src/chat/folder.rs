//! The inbox view of a chat.

use super::clocks::CLOSE;
use super::words::ChatStatus;
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
    }
}

impl Folder {
    /// The folder of a chat that was active last at an instant. `Qualified` never becomes `Closed` (CS-16),
    /// but a quiet one is kept with those.
    pub(super) fn of(status: ChatStatus, is_spam: bool, active_at: Millis, now: Millis) -> Folder {
        match status {
            _ if is_spam => Folder::Spam,
            ChatStatus::Spam => Folder::Spam,
            ChatStatus::Rejected => Folder::Rejected,
            ChatStatus::Closed => Folder::Closed,
            ChatStatus::Qualified if quiet_at(active_at) <= now => Folder::Closed,
            ChatStatus::Qualified
            | ChatStatus::New
            | ChatStatus::SaveTheLead
            | ChatStatus::AiDiscovery
            | ChatStatus::RepReplyNeeded
            | ChatStatus::RepDiscovery
            | ChatStatus::FollowUpNeeded => Folder::Open,
        }
    }

    /// The instant of the next change of the folder without a change of the status, if there are no further events.
    pub(super) fn next_change(self, status: ChatStatus, active_at: Millis) -> Option<Millis> {
        (self == Folder::Open && status == ChatStatus::Qualified).then(|| quiet_at(active_at))
    }
}

fn quiet_at(active_at: Millis) -> Millis {
    active_at + CLOSE
}
