//! Contacts and accounts.

#[cfg(feature = "openapi")]
use crate::schema::{AccountIdSchema, BucketSchema, ConversationIdSchema, LeadIdSchema, MillisSchema, SignalIdSchema};
use crate::{CustomValueShown, DecisionShown, EnrichedShown, Intent, LeadAction, MeetingFlowShown, ScoreWhy};
use knock_model::{AccountId, Bucket, ConversationId, LeadId, Millis, SignalId};
use serde::{Deserialize, Serialize};

/// An account, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRef {
    /// Its id.
    pub id: AccountId,
    /// The company's domain.
    pub domain: String,
}

/// A contact, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRef {
    /// Its id.
    pub id: LeadId,
    /// The address; empty for one who has given none.
    pub email: String,
    /// The display name: the address, else a short name of their first browser.
    #[serde(default)]
    pub display_name: String,
}

/// A conversation, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationRef {
    /// Its id.
    pub id: ConversationId,
    /// The Knock Link it came by.
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
    /// The address of the first page; empty for one who has seen none.
    #[serde(default)]
    pub landing_page: String,
}

/// A line of the Contacts table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRow {
    /// Its id.
    pub id: LeadId,
    /// The address; empty for one who has given none.
    pub email: String,
    /// The display name: the address, else a short name of their first browser.
    #[serde(default)]
    pub display_name: String,
    /// The name, empty when not known.
    #[serde(default)]
    pub name: String,
    /// The company; none for free mail.
    #[serde(default)]
    pub account: Option<AccountRef>,
    /// Score and type now.
    pub intent: Intent,
    /// The attribution.
    #[serde(default)]
    pub attribution: Attribution,
    /// Signals on the timeline.
    pub signals: i64,
    /// First signal.
    pub first_seen_at: Millis,
    /// Last signal.
    pub last_seen_at: Millis,
}

/// A line of the Accounts table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// The company's domain.
    pub domain: String,
    /// Contacts of this company.
    pub contacts: i64,
    /// Score and type now.
    pub intent: Intent,
    /// Signals on the timeline.
    pub signals: i64,
    /// First signal.
    pub first_seen_at: Millis,
    /// Last signal.
    pub last_seen_at: Millis,
}

/// `Knock: Intent Score` changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BucketChange {
    /// The instant it changed: of the signal, or at which decay was due.
    pub at: Millis,
    /// Before; none at the first signal.
    #[serde(default)]
    pub from: Option<Bucket>,
    /// After.
    pub to: Bucket,
    /// The signal that did it; none when decay did.
    #[serde(default)]
    pub signal: Option<SignalId>,
}

/// `GET /api/v1/contacts/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRecord {
    /// The row of the table.
    pub contact: ContactRow,
    /// Why the score is what it is.
    pub why: ScoreWhy,
    /// The changes of the score, oldest first.
    pub changes: Vec<BucketChange>,
    /// Browsers known to be this person's.
    pub visitors: i64,
    /// The assignee: the address of a rep, `AI Agent`, or empty.
    #[serde(default)]
    pub owner: String,
    /// The routing decisions, oldest first.
    #[serde(default)]
    pub decisions: Vec<DecisionShown>,
    /// The values of custom fields, in the order of their definitions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom: Vec<CustomValueShown>,
    /// Their conversations, the latest first.
    #[serde(default)]
    pub conversations: Vec<ConversationRef>,
    /// Their Meeting Status; none while they came by no meeting link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings: Option<Box<MeetingFlowShown>>,
    /// Signals that count but are no longer kept one by one, older than all of the timeline.
    #[serde(default)]
    pub summed_up: i64,
    /// The data of the enrichment provider about the person and the company.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enrichment: Vec<EnrichedShown>,
}

/// `GET /api/v1/accounts/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRecord {
    /// The row of the table.
    pub account: AccountRow,
    /// Why the score is what it is.
    pub why: ScoreWhy,
    /// The contacts of this company, last seen first, at most 100.
    pub contacts: Vec<ContactRow>,
    /// Signals that count but are no longer kept one by one, older than all of the timeline.
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
    /// In the order asked for.
    pub contacts: Vec<ContactRow>,
    /// Ask again with `after` set to this for the next page.
    #[serde(default)]
    pub next: Option<String>,
}

/// `POST /api/v1/contacts/actions`: the same done with several contacts.
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
    /// With how many it was done.
    pub done: u32,
    /// The contacts without a chat, or that do not exist: nothing was done with them.
    #[serde(default)]
    pub without_chat: Vec<LeadId>,
}

/// `GET /api/v1/accounts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountPage {
    /// Last seen first.
    pub accounts: Vec<AccountRow>,
    /// Ask again with `after` set to this for the next page.
    #[serde(default)]
    pub next: Option<String>,
}
