//! Contacts and accounts.

#[cfg(feature = "openapi")]
use crate::schema::{
    AccountIdSchema, BucketSchema, ConversationIdSchema, LeadIdSchema, MillisSchema, SignalIdSchema, TrustSchema,
};
use crate::{
    ChatState, ChatStatusWord, ConsentGiven, ContactFieldWord, ContactMergeShown, CustomValueShown, DecisionShown,
    EnrichedShown, FunnelStageWord, Intent, LeadAction, MailBounceShown, MeetingFlowShown, MeetingStatusWord, ScoreWhy,
    Tag,
};
use knock_model::{AccountId, Bucket, ConversationId, LeadId, Millis, SignalId, Trust};
use serde::{Deserialize, Serialize};

/// A reference to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRef {
    /// Its id.
    pub id: AccountId,
    /// The company's domain.
    pub domain: String,
}

/// A reference to a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRef {
    /// Its id.
    pub id: LeadId,
    /// The e-mail address; empty if the contact has given none.
    pub email: String,
    /// The display name: the name, otherwise the e-mail address, otherwise a short name of the first browser.
    #[serde(default)]
    pub display_name: String,
    /// The telephone number as it was written; left out if unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

/// A reference to a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationRef {
    /// Its id.
    pub id: ConversationId,
    /// The Knock Link that opened it.
    pub link: String,
    /// The instant of opening, in ms since 1970.
    pub opened_at: Millis,
}

/// The attribution of a contact, by their first page view and the Knock Link of their first conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attribution {
    /// `Campaign`, `Referral`, the channel of a Knock Link, or `Direct`.
    pub channel: String,
    /// The campaign's source, the domain of the referrer, the channel of the Knock Link, or `Direct`.
    pub source: String,
    /// `utm_campaign`; empty when there is none.
    #[serde(default)]
    pub campaign: String,
    /// The address of the first page; empty without a page view.
    #[serde(default)]
    pub landing_page: String,
}

/// How far a contact is: owner, statuses, deal, rejection, and the last messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ContactProgress {
    /// The owner of the chat: the e-mail address of a member, `AI Agent`, or empty.
    pub owner: String,
    /// The owner as the team reads them: the name of the member, else their address; `AI Agent`, or empty.
    pub owner_name: String,
    /// `Chat Status`; empty without a chat.
    pub chat_status: ChatStatusWord,
    /// `Meeting Status`; none while they came by no meeting link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting_status: Option<MeetingStatusWord>,
    /// The instant of the first deal opened after the chat began, in ms since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal_opened_at: Option<Millis>,
    /// The reason of the rejection of the chat; empty without one.
    pub reject_reason: String,
    /// The instant of the last message of a member in the chat, in ms since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_reply_at: Option<Millis>,
    /// The instant of the contact's last message, in ms since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message_at: Option<Millis>,
}

/// A row of the Contacts table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRow {
    /// Its id.
    pub id: LeadId,
    /// The e-mail address; empty if the contact has given none.
    pub email: String,
    /// The display name: the name, otherwise the e-mail address, otherwise a short name of the first browser.
    #[serde(default)]
    pub display_name: String,
    /// The name; empty if unknown.
    #[serde(default)]
    pub name: String,
    /// The telephone number as it was written; empty if unknown.
    #[serde(default)]
    pub phone: String,
    /// The name of the company, else the domain of its account; empty without both.
    #[serde(default)]
    pub company: String,
    /// The account of the company; none for an address of free mail.
    #[serde(default)]
    pub account: Option<AccountRef>,
    /// The intent score and the intent type now.
    pub intent: Intent,
    /// The attribution.
    #[serde(default)]
    pub attribution: Attribution,
    /// Owner, statuses, deal, rejection, and the last messages.
    #[serde(default)]
    pub progress: ContactProgress,
    /// The number of signals on the timeline.
    pub signals: i64,
    /// The instant of the first signal, in ms since 1970.
    pub first_seen_at: Millis,
    /// The instant of the last signal, in ms since 1970.
    pub last_seen_at: Millis,
    /// The tags, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// A row of the Accounts table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// The company's domain.
    pub domain: String,
    /// The number of contacts of this company.
    pub contacts: i64,
    /// The intent score and the intent type now.
    pub intent: Intent,
    /// The number of signals on the timeline.
    pub signals: i64,
    /// The instant of the first signal, in ms since 1970.
    pub first_seen_at: Millis,
    /// The instant of the last signal, in ms since 1970.
    pub last_seen_at: Millis,
}

/// A change of `Knock: Intent Score`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BucketChange {
    /// The instant of the change, in ms since 1970: that of the signal, or the due time of the decay.
    pub at: Millis,
    /// The bucket before; none at the first signal.
    #[serde(default)]
    pub from: Option<Bucket>,
    /// The bucket after.
    pub to: Bucket,
    /// The signal that caused the change; none for decay.
    #[serde(default)]
    pub signal: Option<SignalId>,
}

/// `GET /api/v1/contacts/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRecord {
    /// The row of the table.
    pub contact: ContactRow,
    /// Whether the address was proven in one of the contact's browsers: `verified` by the site's server or by a link that
    /// was mailed to it, `claimed` if it was only stated; none without an address. Expired signals prove nothing any
    /// more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
    /// The why of the intent score.
    pub why: ScoreWhy,
    /// The changes of the score, oldest first.
    pub changes: Vec<BucketChange>,
    /// The number of browsers that are known to belong to this person.
    pub visitors: i64,
    /// The assignee: the e-mail address of a rep, `AI Agent`, or empty.
    #[serde(default)]
    pub owner: String,
    /// The funnel stage: of deals, of the lifecycle stage in a CRM, and of earlier sessions.
    #[serde(default)]
    pub funnel_stage: FunnelStageWord,
    /// Who rejected the chat: the name of a member, `Rep` for one who is not known, or `AI Agent`; left out without a
    /// rejection that counts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rejected_by: String,
    /// The routing decisions, oldest first.
    #[serde(default)]
    pub decisions: Vec<DecisionShown>,
    /// The values of custom fields, in the order of their definitions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom: Vec<CustomValueShown>,
    /// The conversations of the contact, the latest first.
    #[serde(default)]
    pub conversations: Vec<ConversationRef>,
    /// The Chat Status of the contact, with its owner; none without a chat and a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat: Option<Box<ChatState>>,
    /// The Meeting Status of the contact; none while they came by no meeting link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings: Option<Box<MeetingFlowShown>>,
    /// The number of expired signals: their evidence counts, but they are no longer kept one by one. All are older than
    /// the timeline.
    #[serde(default)]
    pub summed_up: i64,
    /// The data of the enrichment provider about the person and the company.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enrichment: Vec<EnrichedShown>,
    /// The details that the team set: they win over what the contact says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edited: Vec<EditedDetail>,
    /// The merges by the team into this contact, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merges: Vec<ContactMergeShown>,
    /// The addresses from which mails were returned, by address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bounces: Vec<MailBounceShown>,
    /// The consents that the contact gave with the form of a chat, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<ConsentGiven>,
}

/// A detail of a contact that the team set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditedDetail {
    /// The detail: `name`, `phone` or `company`.
    pub field: ContactFieldWord,
    /// The name of the member who set it; empty for a program.
    pub by: String,
    /// The instant, in ms since 1970.
    pub at: Millis,
}

/// `PATCH /api/v1/contacts/{id}`: the given details are set, an empty one is that of the contact again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactChange {
    /// The name, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The telephone number: 5 to 15 digits with a `+` before them at most, spaces, brackets, `-`, `.` and `/` between
    /// them, and an extension such as `ext. 12`; at most 40 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The name of the company, at most 200 characters. The account by the domain of the address stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

/// `GET /api/v1/accounts/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRecord {
    /// The row of the table.
    pub account: AccountRow,
    /// The funnel stage: the furthest of its contacts.
    #[serde(default)]
    pub funnel_stage: FunnelStageWord,
    /// The why of the intent score.
    pub why: ScoreWhy,
    /// The contacts of this company, last seen first, at most 100.
    pub contacts: Vec<ContactRow>,
    /// The number of expired signals: their evidence counts, but they are no longer kept one by one. All are older than
    /// the timeline.
    #[serde(default)]
    pub summed_up: i64,
    /// The data of the enrichment provider about the company.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enrichment: Vec<EnrichedShown>,
}

/// `GET /api/v1/contacts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactPage {
    /// The contacts, in the requested order.
    pub contacts: Vec<ContactRow>,
    /// The value of `after` for the next page; none on the last one.
    #[serde(default)]
    pub next: Option<String>,
}

/// `POST /api/v1/contacts/actions`: one action on several contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactsAction {
    /// The contacts, 1 to 200.
    pub contacts: Vec<LeadId>,
    /// The action.
    pub action: LeadAction,
}

/// The result of an action on several contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactsActed {
    /// The number of contacts on which the action was executed.
    pub done: u32,
    /// The contacts that have no chat or do not exist: nothing was changed for them. Tags need no chat.
    #[serde(default)]
    pub without_chat: Vec<LeadId>,
}

/// `GET /api/v1/accounts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountPage {
    /// The accounts, in the requested order.
    pub accounts: Vec<AccountRow>,
    /// The value of `after` for the next page; none on the last one.
    #[serde(default)]
    pub next: Option<String>,
}
