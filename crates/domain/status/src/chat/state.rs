//! The state of a chat at an instant: its status, and the fields that are written to the CRM.

use super::clocks::Clocks;
use super::waiting::Unanswered;
use super::words::ChatStatus;
use super::work::Work;
use alloc::collections::BTreeSet;
use alloc::string::String;
use knock_model::{AI_AGENT, Millis, vocabulary};

vocabulary! {
    /// A flag for a person to look at.
    Flag {
        /// A deal was opened on a rejected lead (R9).
        DealOnRejected = "deal_on_rejected",
        /// The AI agent rejected a qualified lead (R10).
        AiRejectOnQualified = "ai_reject_on_qualified",
    }
}

vocabulary! {
    /// The rejecter of a lead (CS-14): spelled as in `Rejected By`; stored facts have the names in snake case.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
    Rejecter {
        /// The AI agent.
        Ai = "AI",
        /// A rep.
        Rep = "rep",
    }
}

/// `Knock: Rep Owner` (R6b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepOwner {
    /// Routed or handed back to the AI agent.
    AiAgent,
    /// The rep the chat was last routed to, or who took it by writing.
    Rep(String),
}

impl RepOwner {
    /// The value of the field: `AI Agent`, or the rep.
    pub fn as_str(&self) -> &str {
        match self {
            RepOwner::AiAgent => AI_AGENT,
            RepOwner::Rep(rep) => rep,
        }
    }
}

/// A rejection that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// `Rejected By`.
    pub by: Rejecter,
    /// The member who rejected; none for the AI agent, and for facts stored before members were.
    pub member: Option<String>,
    /// `Reject Reason`, in the rejecter's words.
    pub reason: Option<String>,
}

/// The fields of a chat beside its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// `Knock: Rep Owner` (RR-11).
    pub rep_owner: Option<RepOwner>,
    /// `Knock: Responding Rep` (RR-12).
    pub responding_rep: Option<String>,
    /// `Knock: Rep Response Time`: how long the first measured reply took (RR-13, R6e).
    pub response_time: Option<Millis>,
    /// `Rejected By` and `Reject Reason`.
    pub rejected: Option<Rejection>,
}

impl Fields {
    /// The rep who has the chat, if a human has it.
    pub fn standing_rep(&self) -> Option<&str> {
        match &self.rep_owner {
            Some(RepOwner::Rep(rep)) => Some(rep),
            Some(RepOwner::AiAgent) | None => None,
        }
    }
}

/// A chat at an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) status: Option<ChatStatus>,
    pub(super) fields: Fields,
    pub(super) flags: BTreeSet<Flag>,
    /// Its own flag: a closed chat of a spammer stays hidden (R4b).
    pub(super) is_spam: bool,
    pub(super) first_click_at: Option<Millis>,
    /// The last message of the lead.
    pub(super) lead_wrote_at: Option<Millis>,
    /// The last message of a human of the team.
    pub(super) rep_wrote_at: Option<Millis>,
    /// The first deal that says something of this chat.
    pub(super) deal_opened_at: Option<Millis>,
    pub(super) clocks: Clocks,
    pub(super) unanswered: Unanswered,
    /// Whether the AI agent has the chat only until somebody can take it (7.1).
    pub(super) is_queued: bool,
    /// Whether the lead sent a form: then it is work, also without a chat (7.4).
    pub(super) has_form: bool,
    /// Whether a member wrote first: then it is work as well (7.6).
    pub(super) is_invited: bool,
    /// What a member said about work on it, as far as it counts (7.5).
    pub(super) work: Work,
}

impl State {
    /// Whether it is work without a status.
    pub(super) const fn is_work(&self) -> bool {
        self.has_form || self.is_invited
    }

    /// The instant since which a human owes the lead an answer; while the AI agent owns the chat only where it is queued,
    /// and for a form.
    pub(super) fn owed_since(&self) -> Option<Millis> {
        let is_agents = matches!(self.fields.rep_owner, Some(RepOwner::AiAgent)) && !self.is_queued;
        self.unanswered.since(is_agents)
    }

    /// The same, once it is known that a human has to answer: a chat that no one has yet may be left to the AI agent.
    pub(super) fn awaited_since(&self) -> Option<Millis> {
        let is_teams = self.is_queued || self.fields.standing_rep().is_some();
        self.unanswered.since(!is_teams)
    }
}
