//! Two contacts that the team merges into one.

#[cfg(feature = "openapi")]
use crate::schema::{LeadIdSchema, MillisSchema, SignalIdSchema};
use crate::{CrmSystemWord, Intent};
use knock_model::{LeadId, Millis, SignalId};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/contacts/{id}/merges`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergeDraft {
    /// The contact that is merged into the other one.
    pub goes: LeadId,
}

/// `GET /api/v1/contacts/{id}/merge`: both contacts, and the one that they would be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergePreview {
    /// The contact that stays.
    pub stays: MergeSide,
    /// The contact that is merged into it.
    pub goes: MergeSide,
    /// The contact after the merge.
    pub merged: MergeSide,
    /// The CRMs in which both have a record of their own; that of the contact that stays is written from then on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crm: Vec<CrmSystemWord>,
    /// Why they cannot be merged, as a sentence; empty if they can.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub refused: String,
}

/// A contact beside the one that it is merged with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeSide {
    /// Its id.
    pub id: LeadId,
    /// The name that lists show.
    pub display_name: String,
    /// The name; empty if unknown.
    pub name: String,
    /// The addresses, the first one first.
    pub emails: Vec<String>,
    /// The telephone number; empty if unknown.
    pub phone: String,
    /// The company; empty if unknown.
    pub company: String,
    /// The owner: the address of a rep, `AI Agent`, or empty.
    pub owner: String,
    /// Intent score and intent type.
    pub intent: Intent,
    /// The number of signals.
    pub signals: i64,
    /// The number of conversations.
    pub chats: u32,
    /// The number of meetings.
    pub meetings: u32,
    /// `Chat Status`; empty without one.
    pub chat_status: String,
    /// `Meeting Status`; empty without one.
    pub meeting_status: String,
    /// The instant of the first signal, in ms since 1970.
    pub first_seen_at: Millis,
}

/// A merge by the team, on the record of the merged contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactMergeShown {
    /// Its id.
    pub id: SignalId,
    /// How the contact was called that was merged into this one.
    pub name: String,
    /// The address of that contact; empty without one.
    pub email: String,
    /// The name of the member who did it; empty for a program.
    pub by: String,
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// Whether it can be undone exactly: nothing new has happened to the contact since.
    pub can_undo: bool,
}
