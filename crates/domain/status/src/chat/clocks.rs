//! The four clocks of a chat: when each is due in which status.

use super::words::ChatStatus;
use knock_model::{Millis, vocabulary};

/// Inactivity that makes `Save the Lead` (CS-12).
const SAVE: Millis = Millis(180 * Millis::MINUTE.0);
/// Time a rep has for the first reply (CS-05).
const REPLY: Millis = Millis(2 * Millis::MINUTE.0);
/// Time a lead has to answer a rep (CS-07).
const FOLLOW_UP: Millis = Millis(720 * Millis::MINUTE.0);
/// Inactivity that closes; strictly more than 12 days (CS-13, R4).
const CLOSE: Millis = Millis(Millis::days(12).0 + 1);

vocabulary! {
    /// The timers, in the order they fire when due at one instant.
    Timer {
        /// 3 hours without activity.
        Save = "save_the_lead",
        /// 2 minutes without a first reply.
        Reply = "rep_reply_needed",
        /// 12 hours without an answer of the lead.
        FollowUp = "follow_up_needed",
        /// More than 12 days without activity.
        Close = "closed",
    }
}

/// The wait for a first human reply after an assignment (R6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ReplyClock {
    /// No reply is awaited.
    #[default]
    Off,
    /// A rep is assigned, the lead has written nothing to reply to.
    Armed,
    /// The rep is awaited since then.
    Running(Millis),
}

/// The timers of a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clocks {
    /// The lead's last activity (R5b).
    pub(super) active_at: Option<Millis>,
    /// The first lead message that no human has answered, for the wait for the first reply (R6).
    pub(super) unanswered_since: Option<Millis>,
    /// The wait for the first reply.
    pub(super) reply: ReplyClock,
    /// The last rep message that the lead has not answered (R7).
    pub(super) rep_wrote_at: Option<Millis>,
}

impl Clocks {
    /// The next timer that this status has, and when it is due.
    pub(super) fn next(&self, status: Option<ChatStatus>) -> Option<(Millis, Timer)> {
        let status = status?;
        let mut next: Option<(Millis, Timer)> = None;
        for timer in Timer::ALL {
            if let Some(due) = self.due(*timer, status)
                && next.is_none_or(|(first, _)| due < first)
            {
                next = Some((due, *timer));
            }
        }
        next
    }

    fn due(&self, timer: Timer, status: ChatStatus) -> Option<Millis> {
        match timer {
            Timer::Save if status == ChatStatus::New => Some(self.active_at? + SAVE),
            Timer::Reply if matches!(status, ChatStatus::AiDiscovery | ChatStatus::RepDiscovery) => match self.reply {
                ReplyClock::Running(since) => Some(since + REPLY),
                ReplyClock::Off | ReplyClock::Armed => None,
            },
            Timer::FollowUp if status == ChatStatus::RepDiscovery => Some(self.rep_wrote_at? + FOLLOW_UP),
            Timer::Close if !matches!(status, ChatStatus::Qualified | ChatStatus::Rejected | ChatStatus::Closed) => {
                Some(self.active_at? + CLOSE)
            }
            Timer::Save | Timer::Reply | Timer::FollowUp | Timer::Close => None,
        }
    }
}

impl Timer {
    pub(super) const fn leads_to(self) -> ChatStatus {
        match self {
            Timer::Save => ChatStatus::SaveTheLead,
            Timer::Reply => ChatStatus::RepReplyNeeded,
            Timer::FollowUp => ChatStatus::FollowUpNeeded,
            Timer::Close => ChatStatus::Closed,
        }
    }
}
