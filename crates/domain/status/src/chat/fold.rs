//! One event after another: the transition table, row by row.

use super::clocks::{Clocks, ReplyClock};
use super::state::{Flag, Rejecter, RepOwner, State};
use super::words::ChatStatus;
use alloc::string::String;
use knock_model::Millis;

/// Who a chat is given to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Assignee {
    /// A rep.
    Rep(String),
    /// The AI agent.
    AiAgent,
}

/// What can happen in a chat; stored as facts under these names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Event {
    /// The lead clicked a chat link, or opened the launcher.
    LinkClicked,
    /// The lead did something in the chat without writing.
    ChatActivity,
    /// The lead wrote.
    LeadMessage {
        /// Whether it was found to be spam on arrival.
        is_spam: bool,
    },
    /// The AI agent wrote.
    AiMessage,
    /// The chat was given to somebody.
    Assigned(Assignee),
    /// A human of the team wrote.
    RepMessage {
        /// Who.
        rep: String,
    },
    /// A message was found to be spam later.
    SpamDetected,
    /// A human says: no spam.
    SpamReversed,
    /// The lead was rejected.
    Rejected {
        /// By whom.
        by: Rejecter,
        /// In their own words.
        reason: Option<String>,
    },
    /// A human takes the rejection back.
    RejectionReversed,
    /// A deal was opened in the CRM.
    DealOpened,
}

impl Event {
    /// The kind of event in a word.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Event::LinkClicked => "link_clicked",
            Event::ChatActivity => "chat_activity",
            Event::LeadMessage { .. } => "lead_message",
            Event::AiMessage => "ai_message",
            Event::Assigned(_) => "assigned",
            Event::RepMessage { .. } => "rep_message",
            Event::SpamDetected => "spam_detected",
            Event::SpamReversed => "spam_reversed",
            Event::Rejected { .. } => "rejected",
            Event::RejectionReversed => "rejection_reversed",
            Event::DealOpened => "deal_opened",
        }
    }
}

impl State {
    /// Lets one event happen. Reversals are not handled here: they fold the past again (R9b).
    pub(super) fn apply(&mut self, event: &Event, at: Millis) {
        match event {
            Event::LinkClicked => {
                self.first_click_at.get_or_insert(at);
                self.activity(at);
                self.status.get_or_insert(ChatStatus::New);
            }
            Event::ChatActivity => self.activity(at),
            Event::LeadMessage { is_spam } => self.lead_message(*is_spam, at),
            Event::Assigned(assignee) => self.assigned(assignee, at),
            Event::RepMessage { rep } => self.rep_message(rep, at),
            Event::SpamDetected => self.spam_detected(),
            Event::Rejected { by, reason } => self.rejected(*by, reason.as_ref()),
            Event::DealOpened => self.deal_opened(at),
            Event::AiMessage | Event::SpamReversed | Event::RejectionReversed => {}
        }
    }

    /// Clicks and typing (R5, R5b, R5c).
    fn activity(&mut self, at: Millis) {
        match self.status {
            Some(ChatStatus::Closed) => self.reopen(ChatStatus::New),
            Some(ChatStatus::SaveTheLead) => self.status = Some(ChatStatus::New),
            _ => {}
        }
        self.clocks.active_at = Some(at);
    }

    fn lead_message(&mut self, is_spam: bool, at: Millis) {
        self.status = match self.status {
            Some(ChatStatus::Closed) => {
                self.reopen(ChatStatus::AiDiscovery);
                self.status
            }
            None | Some(ChatStatus::New | ChatStatus::SaveTheLead) => Some(ChatStatus::AiDiscovery),
            Some(ChatStatus::FollowUpNeeded) => Some(ChatStatus::RepDiscovery),
            other => other,
        };
        self.clocks.active_at = Some(at);
        self.clocks.rep_wrote_at = None;
        self.clocks.waiting_since.get_or_insert(at);
        if self.clocks.reply == ReplyClock::Armed {
            self.clocks.reply = ReplyClock::Running(at);
        }
        if is_spam {
            self.spam_detected();
        }
    }

    /// A new episode: what was said and awaited in the old one no longer counts; the standing rep stays (R5).
    fn reopen(&mut self, status: ChatStatus) {
        let reply = if self.fields.standing_rep().is_some() { ReplyClock::Armed } else { ReplyClock::Off };
        self.clocks = Clocks { reply, ..Clocks::default() };
        self.status = Some(if self.is_spam { ChatStatus::Spam } else { status });
    }

    /// R6.
    fn assigned(&mut self, assignee: &Assignee, at: Millis) {
        match assignee {
            Assignee::AiAgent => {
                self.fields.rep_owner = Some(RepOwner::AiAgent);
                self.clocks.reply = ReplyClock::Off;
                if matches!(
                    self.status,
                    Some(ChatStatus::RepReplyNeeded | ChatStatus::RepDiscovery | ChatStatus::FollowUpNeeded)
                ) {
                    self.status = Some(ChatStatus::AiDiscovery);
                }
            }
            Assignee::Rep(rep) if self.fields.standing_rep() == Some(rep) => {}
            Assignee::Rep(rep) => {
                self.fields.rep_owner = Some(RepOwner::Rep(rep.clone()));
                if self.status != Some(ChatStatus::RepReplyNeeded) {
                    self.clocks.reply = match self.clocks.waiting_since {
                        Some(_) => ReplyClock::Running(at),
                        None => ReplyClock::Armed,
                    };
                }
            }
        }
    }

    /// R6, R6b, R6c, R7. Without a chat it is only stored.
    fn rep_message(&mut self, rep: &str, at: Millis) {
        let Some(status) = self.status else { return };
        if let ReplyClock::Running(since) = self.clocks.reply {
            self.fields.response_time.get_or_insert(at - since);
        }
        self.clocks.reply = ReplyClock::Off;
        self.clocks.waiting_since = None;
        self.clocks.rep_wrote_at = Some(at);
        self.fields.responding_rep.get_or_insert_with(|| rep.into());
        if self.fields.standing_rep().is_none() {
            self.fields.rep_owner = Some(RepOwner::Rep(rep.into()));
        }
        match status {
            ChatStatus::Rejected | ChatStatus::Qualified => {}
            ChatStatus::Closed => self.is_spam = false,
            _ => {
                self.is_spam = false;
                self.status = Some(ChatStatus::RepDiscovery);
            }
        }
    }

    /// R8. Without a chat it is only stored.
    fn spam_detected(&mut self) {
        match self.status {
            None | Some(ChatStatus::Rejected | ChatStatus::Qualified) => {}
            Some(ChatStatus::Closed) => self.is_spam = true,
            Some(_) => {
                self.is_spam = true;
                self.status = Some(ChatStatus::Spam);
            }
        }
    }

    /// R9, R10. Without a chat it is only stored.
    fn rejected(&mut self, by: Rejecter, reason: Option<&String>) {
        match (self.status, by) {
            (None, _) => {}
            (Some(ChatStatus::Qualified), Rejecter::Ai) => {
                self.flags.insert(Flag::AiRejectOnQualified);
            }
            (Some(_), _) => {
                self.fields.rejected = Some((by, reason.cloned()));
                self.status = Some(ChatStatus::Rejected);
            }
        }
    }

    /// R9, R10: only a deal opened after the first click says something of this chat.
    fn deal_opened(&mut self, at: Millis) {
        if self.first_click_at.is_none_or(|click| at <= click) {
            return;
        }
        match self.status {
            None | Some(ChatStatus::Qualified) => {}
            Some(ChatStatus::Rejected) => {
                self.flags.insert(Flag::DealOnRejected);
            }
            Some(_) => {
                self.is_spam = false;
                self.status = Some(ChatStatus::Qualified);
            }
        }
    }
}
