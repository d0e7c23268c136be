//! The ten values of Chat Status and who owns a lead in each, spelled once.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use knock_model::{AI_AGENT, Vocabulary, vocabulary};

vocabulary! {
    /// Chat Status.
    ChatStatus {
        /// Clicked a chat link, wrote nothing yet (CS-01).
        New = "New",
        /// Did nothing for 3 hours (CS-02).
        SaveTheLead = "Save the Lead",
        /// Wrote a message that is spam (CS-03).
        Spam = "Spam",
        /// Talks with the AI agent (CS-04).
        AiDiscovery = "AI Discovery",
        /// Waits for the assigned rep for 2 minutes or more (CS-05).
        RepReplyNeeded = "Rep Reply Needed",
        /// A rep has answered (CS-06).
        RepDiscovery = "Rep Discovery",
        /// Left a rep's message unanswered for 12 hours (CS-07).
        FollowUpNeeded = "Follow Up Needed",
        /// Rejected by a rep or by the AI agent (CS-08).
        Rejected = "Rejected",
        /// Did nothing for more than 12 days (CS-09).
        Closed = "Closed",
        /// A deal was opened (CS-10).
        Qualified = "Qualified",
    }
}

vocabulary! {
    /// The owner of a lead (CS-11).
    ChatOwner {
        /// The AI agent: early stages and rejected leads.
        AiAgent = AI_AGENT,
        /// A rep: active and qualified conversations.
        Rep = "Rep",
    }
}

impl ChatStatus {
    /// The owner of a lead in this status (CS-11).
    pub const fn owner(self) -> ChatOwner {
        match self {
            ChatStatus::New
            | ChatStatus::SaveTheLead
            | ChatStatus::Spam
            | ChatStatus::AiDiscovery
            | ChatStatus::Rejected => ChatOwner::AiAgent,
            ChatStatus::RepReplyNeeded
            | ChatStatus::RepDiscovery
            | ChatStatus::FollowUpNeeded
            | ChatStatus::Closed
            | ChatStatus::Qualified => ChatOwner::Rep,
        }
    }

    /// The rule that gives this status.
    pub const fn rule(self) -> &'static str {
        match self {
            ChatStatus::New => "CS-01",
            ChatStatus::SaveTheLead => "CS-02",
            ChatStatus::Spam => "CS-03",
            ChatStatus::AiDiscovery => "CS-04",
            ChatStatus::RepReplyNeeded => "CS-05",
            ChatStatus::RepDiscovery => "CS-06",
            ChatStatus::FollowUpNeeded => "CS-07",
            ChatStatus::Rejected => "CS-08",
            ChatStatus::Closed => "CS-09",
            ChatStatus::Qualified => "CS-10",
        }
    }
}

/// The rule that gives a status, spelled by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusRule(pub ChatStatus);

impl Vocabulary for StatusRule {
    const NAME: &'static str = "StatusRule";

    fn words() -> Vec<Cow<'static, str>> {
        ChatStatus::ALL.iter().map(|status| Cow::Borrowed(status.rule())).collect()
    }

    fn parse(word: &str) -> Option<StatusRule> {
        ChatStatus::ALL.iter().copied().find(|status| status.rule() == word).map(StatusRule)
    }

    fn spelling(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0.rule())
    }
}
