//! The `data` of an event, by its type.

#[cfg(feature = "openapi")]
use crate::schema::{
    BucketSchema, ConversationIdSchema, FileIdSchema, IntentTypeSchema, LeadIdSchema, MessageIdSchema, MillisSchema,
};
use crate::{Author, ChatStatusWord, ReasonWord, StatusRuleWord, TypeWhyWord};
use knock_model::{Bucket, ConversationId, FileId, IntentType, LeadId, MessageId, Millis};
use serde::{Deserialize, Serialize};

/// The person that an event is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventPerson {
    /// The id of the lead.
    pub id: LeadId,
    /// The e-mail address of the lead, if known.
    #[serde(default)]
    pub email: Option<String>,
    /// The name of the lead; empty if unknown.
    #[serde(default)]
    pub name: String,
}

/// `data` of `chat.status_changed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatStatusChanged {
    /// The lead.
    pub lead: EventPerson,
    /// `Chat Status` now.
    pub status: ChatStatusWord,
    /// The status before; none for a new chat.
    #[serde(default)]
    pub previous: Option<ChatStatusWord>,
    /// The instant of the change, in ms since 1970.
    pub since: Millis,
    /// The rule that gave it, such as `CS-05`.
    pub rule: StatusRuleWord,
    /// `Knock: Rep Owner`: an address, or `AI Agent`.
    #[serde(default)]
    pub rep_owner: Option<String>,
    /// `Knock: Responding Rep`.
    #[serde(default)]
    pub responding_rep: Option<String>,
    /// `Knock: Intent Type`.
    pub intent_type: IntentType,
    /// Whether the lead is marked as spam.
    #[serde(default)]
    pub is_spam: bool,
}

/// `data` of `contact.score_changed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactScoreChanged {
    /// The person.
    pub contact: EventPerson,
    /// `Knock: Intent Score` now; none when it fell below Low.
    #[serde(default)]
    pub score: Option<Bucket>,
    /// The bucket before.
    #[serde(default)]
    pub previous: Option<Bucket>,
}

/// `data` of `contact.created`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactCreated {
    /// The person; without an address when they opened a chat before they gave one.
    pub contact: EventPerson,
}

/// `data` of `contact.type_changed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactTypeChanged {
    /// The person.
    pub contact: EventPerson,
    /// `Knock: Intent Type` now.
    pub intent_type: IntentType,
    /// The intent type before; `Unknown` the first time.
    pub previous: IntentType,
    /// The cause, such as `message` or `set_by_rep`.
    #[serde(default)]
    pub why: TypeWhyWord,
}

/// `data` of `message.created`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageCreated {
    /// The lead of the conversation.
    pub contact: EventPerson,
    /// The conversation.
    pub conversation: ConversationId,
    /// Id of the message.
    pub id: MessageId,
    /// Its number in the conversation, from 1, without gaps.
    pub seq: u64,
    /// The author.
    pub author: Author,
    /// The address of the rep who wrote it; none for the others.
    #[serde(default)]
    pub rep: Option<String>,
    /// The name of the integration that wrote it, as `rep`; absent for the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration: Option<String>,
    /// The text, without markup. Empty if a file was sent.
    pub text: String,
    /// The files that were sent instead of a text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<EventFile>,
    /// The card beside the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
}

/// A file of a message. What is in it is read through the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventFile {
    /// Its id.
    pub file: FileId,
    /// The file name.
    pub name: String,
    /// The media type, by the content.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its length in bytes.
    pub size: u64,
}

/// The reason of a `chat.assigned` that no routing decision made.
pub const ASSIGNED_BY_MEMBER: &str = "assigned_by_member";

/// `data` of `chat.assigned`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatAssigned {
    /// The lead.
    pub lead: EventPerson,
    /// The conversation that was routed; none for a contact who sent a form.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
    /// `Knock: Rep Owner` now: an address, or `AI Agent`.
    pub assignee: String,
    /// `Knock: Rep Owner` before; none the first time.
    #[serde(default)]
    pub previous: Option<String>,
    /// The routing rule's name; empty where a member assigned the chat.
    pub rule: String,
    /// The routing rule's id.
    #[serde(default)]
    pub rule_id: String,
    /// The name of the segment that the lead is in.
    pub segment: String,
    /// The reason: the reason code of the decision, or `assigned_by_member`.
    pub reason: ReasonWord,
}
