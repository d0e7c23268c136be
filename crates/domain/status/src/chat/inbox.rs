//! The views of the inbox, and the order of the chats in them.

use super::folder::Folder;
use knock_model::{Bucket, Millis, vocabulary};

vocabulary! {
    /// A view of the inbox.
    InboxView {
        /// Open chats of the member who asks.
        Mine = "mine",
        /// Chats, open or not, in which a note names the member who asks and that they have not looked at since.
        Mentions = "mentions",
        /// Open chats that no rep has.
        Unassigned = "unassigned",
        /// Open chats whose lead waits for a human.
        Waiting = "waiting",
        /// Open chats whose lead left a rep's message unanswered for 12 hours (CS-07).
        FollowUp = "follow_up",
        /// All open chats.
        Open = "open",
        /// Chats that a member put aside until an instant.
        Snoozed = "snoozed",
        /// Chats in which nothing is left to do: a member says so, or a deal is open and the lead does not wait.
        Done = "done",
        /// Closed chats.
        Closed = "closed",
        /// Chats of rejected leads.
        Rejected = "rejected",
        /// Chats of leads marked as spam: they are in no other view (MS-08).
        Spam = "spam",
    }
}

impl InboxView {
    /// The folder of its chats; of mentions, which are in any folder but spam, that of most.
    pub const fn folder(self) -> Folder {
        match self {
            InboxView::Mine
            | InboxView::Mentions
            | InboxView::Unassigned
            | InboxView::Waiting
            | InboxView::FollowUp
            | InboxView::Open => Folder::Open,
            InboxView::Snoozed => Folder::Snoozed,
            InboxView::Done => Folder::Done,
            InboxView::Closed => Folder::Closed,
            InboxView::Rejected => Folder::Rejected,
            InboxView::Spam => Folder::Spam,
        }
    }
}

vocabulary! {
    /// An order of the chats in a view.
    #[derive(Default)]
    InboxOrder {
        /// Who waits longest, weighed by score, then who was active last.
        #[default]
        Urgent = "urgent",
        /// Who waits longest, whatever the score, then who was active last.
        Waiting = "waiting",
        /// Who was active last.
        Active = "active",
    }
}

impl InboxOrder {
    /// The sort key of a chat: the smallest comes first.
    pub fn place(self, waiting_since: Option<Millis>, score: Option<Bucket>, active_at: Millis) -> Urgency {
        match self {
            InboxOrder::Urgent => Urgency::of(waiting_since, score, active_at),
            InboxOrder::Waiting => Urgency::of(waiting_since, None, active_at),
            InboxOrder::Active => Urgency::of(None, None, active_at),
        }
    }
}

/// Behind every chat that waits.
const BEHIND: i64 = 1 << 60;

/// The sort key of a chat in a view: the smallest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency(pub Millis);

impl Urgency {
    /// Before all chats.
    pub const FIRST: Urgency = Urgency(Millis(i64::MIN));

    /// The time that is added to the waiting time of a lead with this score, compared with a `Low` lead.
    pub const fn head_start(score: Bucket) -> Millis {
        match score {
            Bucket::High => Millis::DAY,
            Bucket::Medium => Millis(4 * 60 * Millis::MINUTE.0),
            Bucket::Low => Millis(0),
        }
    }

    /// Of a chat: who waits longest comes first, weighed by score, then who was active last.
    pub fn of(waiting_since: Option<Millis>, score: Option<Bucket>, active_at: Millis) -> Urgency {
        match waiting_since {
            Some(since) => Urgency(since - Urgency::head_start(score.unwrap_or(Bucket::Low))),
            None => Urgency(Millis(BEHIND) - active_at),
        }
    }

    /// The last activity of a chat that does not wait; none of one that does.
    pub fn active_at(self) -> Option<Millis> {
        (self.0.0 > BEHIND / 2).then(|| Millis(BEHIND) - self.0)
    }
}
