//! `/api/v1/meetings`: meetings as the team sees them.

use crate::Word;
#[cfg(feature = "openapi")]
use crate::schema::{LeadIdSchema, MeetingIdSchema, MillisSchema, RepIdSchema};
use knock_model::{LeadId, MeetingId, MeetingState, Millis, RepId};
use knock_status::meeting::MeetingStatus;
use serde::{Deserialize, Serialize};

/// The state of a meeting.
pub type MeetingStateWord = Word<MeetingState>;
/// `Meeting Status`.
pub type MeetingStatusWord = Word<MeetingStatus>;

/// A meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingRow {
    /// Its id.
    pub id: MeetingId,
    /// With whom.
    pub lead: LeadId,
    /// The address that they gave.
    pub email: String,
    /// The name that they gave.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The start.
    pub start_at: Millis,
    /// The end.
    pub end_at: Millis,
    /// The time zone of the lead.
    pub zone: String,
    /// The title.
    pub title: String,
    /// The location.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// The owner.
    pub owner: RepId,
    /// Their name.
    pub owner_name: String,
    /// Others of the team who take part, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// The state.
    pub state: MeetingStateWord,
    /// `Cancelled By`: `Rep` or `Lead`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<String>,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The Knock Link by which it was booked, or `Website`.
    pub link: String,
    /// The instant of booking, in ms since 1970.
    pub booked_at: Millis,
    /// The instant of the last change, in ms since 1970.
    pub updated_at: Millis,
    /// The answers of the lead to the questions of the link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<MeetingAnswer>,
}

/// An answer to a question of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingAnswer {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// `GET /api/v1/meetings`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingPage {
    /// By their beginning.
    pub meetings: Vec<MeetingRow>,
    /// For the next page: `?after=`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// `PATCH /api/v1/meetings/{id}`: exactly one of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingPatch {
    /// The new start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_at: Option<Millis>,
    /// This member owns it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<RepId>,
    /// Cancels the meeting, with this reason (which may be empty).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancel: Option<String>,
    /// Whether the lead did not come; only after its beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_show: Option<bool>,
}

/// `GET /api/v1/meetings/{id}/slots`: when it can be instead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingSlots {
    /// The starts of the horizon, by instant.
    pub starts: Vec<Millis>,
}

/// A lead by their Meeting Status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingLeadRow {
    /// The lead.
    pub lead: LeadId,
    /// The name.
    pub name: String,
    /// `Meeting Status`.
    pub status: MeetingStatusWord,
    /// The address that was refused last.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub refused_email: String,
    /// The last thing that happened.
    pub active_at: Millis,
}

/// `GET /api/v1/meeting-leads?status=`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingLeadPage {
    /// Last active first.
    pub leads: Vec<MeetingLeadRow>,
    /// For the next page: `?after=`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Meeting Status of a lead, with the fields and how it came there: part of a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingFlowShown {
    /// `Meeting Status`.
    pub status: MeetingStatusWord,
    /// Since when.
    pub since: Millis,
    /// The rule that gave it, such as `MS-06`.
    pub rule: String,
    /// The instant of the next change if nothing else happens, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_change_at: Option<Millis>,
    /// `Reject Reason`; `Rejected By` is the AI agent whenever there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reject_reason: Option<String>,
    /// `Meeting Time`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_time: Option<Millis>,
    /// `Meeting Owner`: an e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_owner: Option<String>,
    /// `Cancelled By`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<String>,
    /// Flags that a person should look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// Whether the lead is in reports.
    pub in_reports: bool,
    /// Every status it was in, oldest first.
    pub history: Vec<MeetingStep>,
    /// Their meetings, by their beginning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meetings: Vec<MeetingRow>,
}

/// A step of Meeting Status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingStep {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The status it had from then on.
    pub status: MeetingStatusWord,
    /// The cause: the event or the timer.
    pub cause: String,
}
