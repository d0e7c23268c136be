//! `/api/v1/conversations`: the team's side of conversations.

#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, IntentTypeSchema, LeadIdSchema, MillisSchema};
use crate::{
    AssignmentShown, ChatOwnerWord, ChatStatusWord, ContactRef, DecisionShown, FlagWord, FolderWord, FoundIn, Intent,
    InternalNote, Message, RejecterWord, ReplyPlaces, StatusCauseWord, StatusRuleWord, TypeChange,
};
use knock_model::{ConversationId, IntentType, LeadId, Millis};
use serde::{Deserialize, Serialize};

/// Chat Status with why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatState {
    /// `Chat Status`.
    pub status: ChatStatusWord,
    /// `Chat Owner`.
    pub owner: ChatOwnerWord,
    /// Since when.
    pub since: Millis,
    /// The rule that gave it, such as `CS-05`.
    pub rule: StatusRuleWord,
    /// The instant of the next change if nothing else happens, in ms since 1970.
    #[serde(default)]
    pub next_change_at: Option<Millis>,
    /// The `Chat Status` it has then.
    #[serde(default)]
    pub next_status: Option<ChatStatusWord>,
    /// `Knock: Rep Owner`.
    #[serde(default)]
    pub rep_owner: Option<String>,
    /// `Knock: Responding Rep`.
    #[serde(default)]
    pub responding_rep: Option<String>,
    /// `Knock: Rep Response Time` in minutes.
    #[serde(default)]
    pub response_minutes: Option<f64>,
    /// `Reject Reason`.
    #[serde(default)]
    pub reject_reason: Option<String>,
    /// `Rejected By`.
    #[serde(default)]
    pub rejected_by: Option<RejecterWord>,
    /// Whether the lead is marked as spam.
    #[serde(default)]
    pub is_spam: bool,
    /// Flags that a person should look at.
    #[serde(default)]
    pub flags: Vec<FlagWord>,
}

/// A line of the inbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationRow {
    /// Its id.
    pub id: ConversationId,
    /// The lead.
    pub lead: LeadId,
    /// The person, once their address is known.
    #[serde(default)]
    pub contact: Option<ContactRef>,
    /// Chat Status.
    pub state: ChatState,
    /// Score and type of the lead.
    pub intent: Intent,
    /// The last message.
    #[serde(default)]
    pub last: Option<Message>,
    /// The Knock Link it came by.
    pub link: String,
    /// The instant of opening, in ms since 1970.
    pub opened_at: Millis,
    /// The view of the inbox that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<FolderWord>,
    /// Since when the lead waits for a human: since their first message that no human has answered. None when
    /// answered, and while the AI agent has the chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Millis>,
    /// The number of messages of the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_messages: Option<u32>,
    /// The number of them that the calling member has not read; only in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<u32>,
    /// The last thing that happened in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_at: Option<Millis>,
}

/// The status changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusChange {
    /// The instant of the fact, or the due time of the timer, in ms since 1970.
    pub at: Millis,
    /// The status entered.
    pub status: ChatStatusWord,
    /// The owner of the chat in this status.
    pub owner: ChatOwnerWord,
    /// The cause: the kind of fact (`lead_message`) or the timer (`timer:rep_reply_needed`).
    pub cause: StatusCauseWord,
    /// The rule.
    pub rule: StatusRuleWord,
}

/// `GET /api/v1/conversations/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationRecord {
    /// The row of the inbox.
    pub conversation: ConversationRow,
    /// All messages, in order.
    pub messages: Vec<Message>,
    /// Every status it was in, oldest first.
    pub history: Vec<StatusChange>,
    /// Every routing decision, oldest first.
    pub decisions: Vec<DecisionShown>,
    /// The manual assignments, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<AssignmentShown>,
    /// The decisions about the intent type, oldest first.
    #[serde(default)]
    pub types: Vec<TypeChange>,
    /// The last message that is known to have reached the lead's browser; noted when a rep wrote.
    #[serde(default)]
    pub read_seq: u64,
    /// The sources of the agent's answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<AnswerSource>,
    /// Internal notes, oldest first; between the messages by their instants. No lead sees them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<InternalNote>,
    /// The values of the placeholders of saved replies in this conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<ReplyPlaces>,
}

/// The source of an answer that the agent gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerSource {
    /// The number of the message.
    pub seq: u64,
    /// The source.
    pub source: FoundIn,
    /// The confidence that the answer fits the question, 0 to 100.
    pub confidence: u8,
}

/// `GET /api/v1/conversations`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationPage {
    /// Those of a view: who waits longest comes first, weighed by score, then who was active last. Without a view, last
    /// active first; without those marked as spam unless asked for.
    pub conversations: Vec<ConversationRow>,
    /// The number of conversations of each view; only with `view`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<InboxCounts>,
    /// Ask again with `after` set to this for the next page.
    #[serde(default)]
    pub next: Option<String>,
}

/// `POST /api/v1/conversations/{id}/read`: how far a member has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadMark {
    /// The number of the last message that was read, 0 for none. What comes after it is unread.
    pub seq: u64,
}

/// How many conversations each view of the inbox has. Counting ends at 10,000, which stands for that many or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct InboxCounts {
    /// Open ones of the member who asks.
    pub mine: u32,
    /// Open ones that no rep has.
    pub unassigned: u32,
    /// Open ones whose lead waits for a human.
    pub waiting: u32,
    /// All open ones.
    pub open: u32,
    /// Those without activity of the lead for more than 12 days, and qualified ones that are as quiet.
    pub closed: u32,
    /// The number of conversations of rejected leads.
    pub rejected: u32,
    /// Those of leads marked as spam, which are in no other view.
    pub spam: u32,
}

/// The longest reason of a rejection, in characters.
pub const LONGEST_REASON: usize = 200;

/// `POST /api/v1/conversations/{id}/actions`: what a rep does with a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeadAction {
    /// Reject, in one's own short words.
    Reject(String),
    /// Take the rejection back.
    UndoReject,
    /// Mark as spam: out of every view and count.
    MarkSpam,
    /// No spam after all.
    UnmarkSpam,
    /// A deal was opened.
    OpenDeal,
    /// The lead's purpose, by a person: no message changes it any more.
    SetType {
        /// The intent type.
        kind: IntentType,
    },
}
