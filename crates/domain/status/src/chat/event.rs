//! Events of a chat.

use super::state::Rejecter;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{IntentType, Millis, vocabulary};

/// The assignee of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Assignee {
    Rep(String),
    AiAgent,
}

/// The events of a chat; stored as facts under the names of their kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Event {
    /// The lead clicked a chat link, or opened the launcher.
    LinkClicked,
    /// The lead did something in the chat without writing.
    ChatActivity,
    LeadMessage {
        /// Whether it was found to be spam on arrival.
        is_spam: bool,
    },
    AiMessage,
    /// The chat was given to somebody.
    Assigned(Assignee),
    /// No member was available: the AI agent keeps the chat, and the lead waits until one is.
    Queued,
    /// A human of the team wrote.
    RepMessage {
        rep: String,
    },
    /// A message was found to be spam later.
    SpamDetected,
    /// A human says: no spam.
    SpamReversed,
    Rejected {
        by: Rejecter,
        /// In their own words.
        reason: Option<String>,
        /// The member who rejected, if it was one.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        member: Option<String>,
    },
    /// A human takes the rejection back.
    RejectionReversed,
    /// A deal was opened in the CRM.
    DealOpened,
    /// The lead sent a form with an address on the site (7.4).
    FormSent {
        /// The name of the form.
        form: String,
        /// The address of the page.
        page: String,
        /// The names of its fields.
        fields: Vec<String>,
    },
    /// A member says that nothing is left to do (7.5).
    Done {
        by: Option<String>,
    },
    /// A member puts the chat aside until an instant (7.5).
    Snoozed {
        until: Millis,
        by: Option<String>,
    },
    /// A member opens the chat again (7.5).
    Reopened {
        by: Option<String>,
    },
    /// A human of the team wrote first to a visitor who has no chat (7.6).
    Invited {
        rep: String,
    },
    /// The lead opened the chat by a button of a nudge. It says by which agent the workflow wants it answered, and
    /// changes no state: the click beside it does.
    NudgeFollowed {
        /// The id of the nudge.
        nudge: String,
        /// The type whose agent answers until the words of the lead say another; none is the usual agent.
        agent: Option<IntentType>,
    },
}

vocabulary! {
    /// The kinds of events, as facts are stored and shown.
    EventKind {
        /// The lead clicked a chat link, or opened the launcher.
        LinkClicked = "link_clicked",
        /// The lead did something in the chat without writing.
        ChatActivity = "chat_activity",
        /// The lead wrote.
        LeadMessage = "lead_message",
        /// The AI agent wrote.
        AiMessage = "ai_message",
        /// The chat was given to somebody.
        Assigned = "assigned",
        /// No member was available: the AI agent keeps the chat, and the lead waits until one is.
        Queued = "queued",
        /// A human of the team wrote.
        RepMessage = "rep_message",
        /// A message was found to be spam later.
        SpamDetected = "spam_detected",
        /// A human says: no spam.
        SpamReversed = "spam_reversed",
        /// The lead was rejected.
        Rejected = "rejected",
        /// A human takes the rejection back.
        RejectionReversed = "rejection_reversed",
        /// A deal was opened in the CRM.
        DealOpened = "deal_opened",
        /// The lead sent a form with an address on the site.
        FormSent = "form_sent",
        /// A member says that nothing is left to do.
        Done = "done",
        /// A member puts the chat aside until an instant.
        Snoozed = "snoozed",
        /// A member opens the chat again.
        Reopened = "reopened",
        /// A human of the team wrote first to a visitor without a chat.
        Invited = "invited",
        /// The lead opened the chat by a button of a nudge.
        NudgeFollowed = "nudge_followed",
    }
}

impl Event {
    /// The kind of event.
    pub const fn kind(&self) -> EventKind {
        match self {
            Event::LinkClicked => EventKind::LinkClicked,
            Event::ChatActivity => EventKind::ChatActivity,
            Event::LeadMessage { .. } => EventKind::LeadMessage,
            Event::AiMessage => EventKind::AiMessage,
            Event::Assigned(_) => EventKind::Assigned,
            Event::Queued => EventKind::Queued,
            Event::RepMessage { .. } => EventKind::RepMessage,
            Event::SpamDetected => EventKind::SpamDetected,
            Event::SpamReversed => EventKind::SpamReversed,
            Event::Rejected { .. } => EventKind::Rejected,
            Event::RejectionReversed => EventKind::RejectionReversed,
            Event::DealOpened => EventKind::DealOpened,
            Event::FormSent { .. } => EventKind::FormSent,
            Event::Done { .. } => EventKind::Done,
            Event::Snoozed { .. } => EventKind::Snoozed,
            Event::Reopened { .. } => EventKind::Reopened,
            Event::Invited { .. } => EventKind::Invited,
            Event::NudgeFollowed { .. } => EventKind::NudgeFollowed,
        }
    }

    /// The kind of event in a word.
    pub const fn as_str(&self) -> &'static str {
        self.kind().as_str()
    }
}
