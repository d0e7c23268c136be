//! `/api/v1/conversations`: conversations for the team.

#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, IntentTypeSchema, LeadIdSchema, MillisSchema, TagIdSchema, TrustSchema};
use crate::{
    AssignmentShown, ChatOwnerWord, ChatStatusWord, ContactRef, CrmSystemWord, DecisionShown, EventKindWord, FlagWord,
    FolderWord, FoundIn, Intent, InternalNote, MailBounceShown, MailShown, Message, RejecterWord, ReplyPlaces,
    SearchHit, StatusCauseWord, StatusRuleWord, Tag, TypeChange, VisitorActShown,
};
use knock_model::{ConversationId, IntentType, LeadId, Millis, TagId, Trust};
use serde::{Deserialize, Serialize};

/// Chat Status, with the rule and the facts behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatState {
    /// `Chat Status`; empty, as `owner` and `rule` are, for a lead by form who has not chatted.
    pub status: ChatStatusWord,
    /// `Chat Owner`.
    pub owner: ChatOwnerWord,
    /// The instant of entering the status, in ms since 1970.
    pub since: Millis,
    /// The rule that gave it, such as `CS-05`.
    pub rule: StatusRuleWord,
    /// The instant of the next change if nothing else happens, in ms since 1970.
    #[serde(default)]
    pub next_change_at: Option<Millis>,
    /// The `Chat Status` after that change.
    #[serde(default)]
    pub next_status: Option<ChatStatusWord>,
    /// Whether no one can take the chat now: the AI agent has it until somebody can. `next_change_at` of one
    /// conversation is then the instant at which somebody may be able to, where it is known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_queued: bool,
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
    /// The name of the member who rejected, else their address; left out if no member did, or if it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rejected_by_name: String,
    /// Whether the lead is marked as spam.
    #[serde(default)]
    pub is_spam: bool,
    /// Flags that a person should look at.
    #[serde(default)]
    pub flags: Vec<FlagWord>,
}

/// A row of the Inbox.
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
    /// The intent score and the intent type of the lead.
    pub intent: Intent,
    /// The last message.
    #[serde(default)]
    pub last: Option<Message>,
    /// The last form that the lead sent, if it is newer than their last message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Box<FormShown>>,
    /// The Knock Link that opened it.
    pub link: String,
    /// The instant of opening, in ms since 1970.
    pub opened_at: Millis,
    /// The view of the Inbox that contains it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<FolderWord>,
    /// The instant since which the lead waits for a human, in ms since 1970: that of their first message without an
    /// answer of a human. None when answered, and while the AI agent owns the chat, unless it is queued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Millis>,
    /// The instant at which a snoozed conversation is open again, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Millis>,
    /// The number of messages of the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_messages: Option<u32>,
    /// The number of messages of the lead that the calling member has not read; only in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<u32>,
    /// The instant of the last activity, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_at: Option<Millis>,
    /// The end of the lead's visit by what is known now, in ms since 1970: half an hour after their last page view. None
    /// of one who has no page of a site open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_site_until: Option<Millis>,
    /// What a search found, the best first; only in its list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<SearchHit>,
    /// The tags of the lead, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// A change of Chat Status.
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

/// A form with an address that the lead sent on the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormShown {
    /// The instant of arrival, in ms since 1970.
    pub at: Millis,
    /// The name of the form; empty if it has none.
    pub name: String,
    /// The address of the page.
    pub page: String,
    /// The names of its fields; their values are never read.
    pub fields: Vec<String>,
}

/// A member marked a conversation as done, snoozed it, or reopened it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkChange {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// `done`, `snoozed` or `reopened`.
    pub what: EventKindWord,
    /// The name of the member, or `the visitor` for a chat that they ended; empty for a program with an API key.
    #[serde(default)]
    pub by: String,
    /// The end of a snooze, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
}

/// `GET /api/v1/conversations/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationRecord {
    /// The row of the Inbox.
    pub conversation: ConversationRow,
    /// All messages, in order.
    pub messages: Vec<Message>,
    /// The history of Chat Status, oldest first.
    pub history: Vec<StatusChange>,
    /// Every routing decision, oldest first.
    pub decisions: Vec<DecisionShown>,
    /// The manual assignments, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<AssignmentShown>,
    /// The forms that the lead sent, oldest first, to be shown between the messages by instant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FormShown>,
    /// The received mails, oldest first. Those that are no messages are to be shown between the messages by instant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mails: Vec<MailShown>,
    /// What the visitor did beside writing, oldest first, to be shown between the messages by instant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<VisitorActShown>,
    /// What members said about work on the conversation, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub work: Vec<WorkChange>,
    /// The decisions about the intent type, oldest first.
    #[serde(default)]
    pub types: Vec<TypeChange>,
    /// The number of the last message that is known to have reached the lead's browser; recorded when a rep wrote.
    #[serde(default)]
    pub read_seq: u64,
    /// The address that replies are mailed to if the lead has left: one that the conversation gave. None without such an
    /// address, without mail, and for leads who are spam or have unsubscribed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_to: Option<String>,
    /// The last mail to the lead's address in this conversation that was returned. If that address is dead, `mail_to` is
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounce: Option<Box<MailBounceShown>>,
    /// Whether the lead's address was proven in the browser of this conversation: `verified` by the site's server or by a
    /// link that was mailed to it, `claimed` if it was only stated; none without an address. Expired signals prove
    /// nothing any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
    /// The sources of the AI agent's answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<AnswerSource>,
    /// The internal notes, oldest first, to be shown between the messages by instant. No lead sees them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<InternalNote>,
    /// The values of the placeholders of saved replies in this conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<ReplyPlaces>,
    /// The time zone of the lead's browser, such as `Europe/Berlin`; none if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The owner of the lead in a connected CRM, as the last look-up found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crm_owner: Option<Box<CrmOwnerShown>>,
}

/// The owner of a lead in a CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrmOwnerShown {
    /// The CRM: of several, the first that names an owner.
    pub system: CrmSystemWord,
    /// The e-mail address of the owner; their id in the CRM if it has no address.
    pub owner: String,
}

/// The source of an answer of the AI agent.
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
    /// The conversations. With `view`: in the requested order, else the longest wait first, weighted by score, then the
    /// last active first. Without `view`: the last active first; conversations marked as spam only on request.
    pub conversations: Vec<ConversationRow>,
    /// The number of conversations of each view; only with `view`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<InboxCounts>,
    /// The value of `after` for the next page; none on the last one.
    #[serde(default)]
    pub next: Option<String>,
}

/// `POST /api/v1/conversations/{id}/read`: marks messages as read by the calling member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadMark {
    /// The number of the last message that was read, 0 for none. All later messages are unread.
    pub seq: u64,
}

/// The number of conversations in each view of the Inbox. Counting ends at 10,000, which means 10,000 or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct InboxCounts {
    /// The number of open conversations of the calling member.
    pub mine: u32,
    /// The number of conversations in which a note names the calling member and that they have not looked at since.
    pub mentions: u32,
    /// The number of open conversations without a rep.
    pub unassigned: u32,
    /// The number of open conversations whose lead waits for a human.
    pub waiting: u32,
    /// The number of open conversations whose Chat Status is `Follow Up Needed`.
    pub follow_up: u32,
    /// The number of all open conversations.
    pub open: u32,
    /// The number of conversations that a member put aside until an instant.
    pub snoozed: u32,
    /// The number of conversations in which nothing is left to do.
    pub done: u32,
    /// The number of conversations without activity of the lead for more than 12 days.
    pub closed: u32,
    /// The number of conversations of rejected leads.
    pub rejected: u32,
    /// The number of conversations of leads marked as spam, which are in no other view.
    pub spam: u32,
}

/// The maximum length of the reason of a rejection, in characters.
pub const LONGEST_REASON: usize = 200;

/// `POST /api/v1/conversations/{id}/actions`: the action of a rep on a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeadAction {
    /// Reject the lead, with a short reason: one of the workspace's, or another text.
    Reject(String),
    /// Reverse the rejection.
    UndoReject,
    /// Mark the lead as spam, which removes it from all other views and counts.
    MarkSpam,
    /// Remove the spam mark.
    UnmarkSpam,
    /// Record that a deal was opened.
    OpenDeal,
    /// Nothing is left to do: the conversation leaves the views of open ones until the lead writes, it is assigned, or
    /// a member reopens it. Chat Status stays.
    Done,
    /// Put the conversation aside until an instant; before that, what reopens a done one reopens it too.
    Snooze {
        /// The instant, in ms since 1970: in the future, at most a year ahead.
        until: Millis,
    },
    /// Reopen a conversation that is done or snoozed, and also one that is closed or qualified.
    Reopen,
    /// Assign the conversation, also one that another member owns.
    Assign {
        /// The id of a member, `me`, or `ai_agent`.
        to: String,
    },
    /// Set the intent type by hand: later messages do not change it.
    SetType {
        /// The intent type.
        kind: IntentType,
    },
    /// Add a tag to the lead; one that has it keeps it.
    AddTag {
        /// The tag.
        tag: TagId,
    },
    /// Remove a tag from the lead.
    RemoveTag {
        /// The tag.
        tag: TagId,
    },
}
