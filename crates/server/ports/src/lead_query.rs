//! Filter, order and cursor of a list of persons.

use crate::{KeyKind, LeadCursor};
use knock_model::{Bucket, CrmSystem, IntentType, LeadId, Millis, RepId, TagId, vocabulary};
use knock_routing::{Condition, Field};
use knock_status::chat::ChatStatus;
use knock_status::meeting::MeetingStatus;

/// Who has the chat of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerFilter {
    /// There is no chat, or it is unassigned.
    Unassigned,
    AiAgent,
    Rep(RepId),
}

/// A filter for persons, who match all given parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadFilter {
    /// Words in the address or the name, whatever their case and accents, or the whole label of the browser in which they were first seen.
    pub search: String,
    /// Whether they have given an address.
    pub is_named: Option<bool>,
    /// `Knock: Intent Score`.
    pub bucket: Option<Bucket>,
    /// `Knock: Intent Type`.
    pub intent_type: Option<IntentType>,
    /// The owner of their chat.
    pub owner: Option<OwnerFilter>,
    /// A tag that they have.
    pub tag: Option<TagId>,
    /// `Chat Status`.
    pub chat_status: Option<ChatStatus>,
    /// `Meeting Status`.
    pub meeting_status: Option<MeetingStatus>,
    /// Whether a deal was opened after their chat began.
    pub has_deal: Option<bool>,
    /// The reason of the rejection of their chat, in exactly these words.
    pub reject_reason: Option<String>,
    /// Only persons with one of these ids.
    pub ids: Option<Vec<LeadId>>,
    /// The condition on their routing fields. A store may leave out persons that cannot match; the caller decides about
    /// the others.
    pub condition: Option<Condition>,
}

impl LeadFilter {
    /// Returns the filter for persons who have given an address.
    pub fn named() -> LeadFilter {
        LeadFilter { is_named: Some(true), ..LeadFilter::default() }
    }
}

vocabulary! {
    /// The sort key of a list of persons. Texts are sorted without regard to the case of ASCII letters; missing values
    /// are last in both directions.
    LeadSort {
        /// The last signal.
        LastSeen = "last_seen",
        /// The first signal.
        FirstSeen = "first_seen",
        /// The address.
        Contact = "contact",
        /// The name.
        Name = "name",
        /// The domain of the company.
        Account = "account",
        /// The score itself.
        Score = "score",
        /// `Knock: Intent Type`.
        Type = "type",
        /// The channel of attribution.
        Channel = "channel",
        /// The source of attribution.
        Source = "source",
        /// `utm_campaign`.
        Campaign = "campaign",
        /// The landing page.
        LandingPage = "landing_page",
        /// Signals on the timeline.
        Signals = "signals",
        /// `Chat Status`.
        ChatStatus = "chat_status",
        /// `Meeting Status`.
        MeetingStatus = "meeting_status",
        /// The instant of the deal.
        Deal = "deal",
        /// The reason of the rejection.
        RejectReason = "reject_reason",
        /// The last message of a human of the team.
        LastReply = "last_reply",
        /// The last message of the person.
        LastMessage = "last_message",
    }
}

impl LeadSort {
    /// The kind of its keys.
    pub const fn kind(self) -> KeyKind {
        match self {
            LeadSort::LastSeen
            | LeadSort::FirstSeen
            | LeadSort::Signals
            | LeadSort::Deal
            | LeadSort::LastReply
            | LeadSort::LastMessage => KeyKind::Number,
            LeadSort::Score => KeyKind::Score,
            LeadSort::Contact
            | LeadSort::Name
            | LeadSort::Account
            | LeadSort::Type
            | LeadSort::Channel
            | LeadSort::Source
            | LeadSort::Campaign
            | LeadSort::LandingPage
            | LeadSort::ChatStatus
            | LeadSort::MeetingStatus
            | LeadSort::RejectReason => KeyKind::Text,
        }
    }
}

/// The query for a page of persons.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadQuery {
    pub filter: LeadFilter,
    pub sort: LeadSort,
    /// Whether the greatest comes first.
    pub is_descending: bool,
    /// The cursor of the page.
    pub after: Option<LeadCursor>,
    pub limit: u32,
    /// The instant of the scores of a first page.
    pub now: Millis,
    /// The connected CRMs, whose look-ups a condition may ask for.
    pub crms: Vec<CrmSystem>,
}

impl LeadQuery {
    /// The maximum number of persons that a condition is evaluated for in one page; the rest is another page.
    pub const SCANNED: u32 = 10_000;

    /// Whether the condition asks for what CRMs say, or for the funnel stage, which follows from it.
    pub fn asks_relation(&self) -> bool {
        let is_one = |field: &&Field| field.name().starts_with("crm.") || field.name() == "signals.funnel_stage";
        self.filter.condition.as_ref().is_some_and(|condition| condition.fields().iter().any(is_one))
    }
}

impl Default for LeadQuery {
    fn default() -> LeadQuery {
        LeadQuery {
            filter: LeadFilter::default(),
            sort: LeadSort::LastSeen,
            is_descending: true,
            after: None,
            limit: u32::MAX,
            now: Millis(0),
            crms: Vec::new(),
        }
    }
}
