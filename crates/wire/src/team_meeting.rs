//! `/api/v1/meetings`: meetings for the team.

use crate::Word;
#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, LeadIdSchema, MeetingIdSchema, MillisSchema, RepIdSchema};
use knock_model::{ConversationId, LeadId, MeetingId, MeetingState, Millis, RepId};
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
    /// The lead of the meeting.
    pub lead: LeadId,
    /// The e-mail address that the lead gave.
    pub email: String,
    /// The name that the lead gave.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The start, in ms since 1970.
    pub start_at: Millis,
    /// The end, in ms since 1970.
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
    /// The name of the owner.
    pub owner_name: String,
    /// The names of the other participants of the team.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// The state: `booked` (also when it is over and no outcome is known), `held`, `no_show` or `cancelled`.
    pub state: MeetingStateWord,
    /// `Cancelled By`: `Rep` or `Lead`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<String>,
    /// The name of the member who cancelled it; empty if the lead did, or if it is unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cancelled_by_name: String,
    /// The reason of the cancellation, in the words of the rep or the lead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The Knock Link by which it was booked, or `Website`; empty for one entered by hand.
    pub link: String,
    /// Who entered it by hand: the name of a member, or `API key`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_by: Option<String>,
    /// The instant of booking, in ms since 1970.
    pub booked_at: Millis,
    /// The instant of the last change, in ms since 1970.
    pub updated_at: Millis,
    /// The answers of the lead to the questions of the link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<MeetingAnswer>,
    /// Whether the lead declined it as a guest of the event in a calendar of the team.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_declined: bool,
    /// A change that a rep made in their own calendar, and that waits; none if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_change: Option<MeetingCalendarChange>,
}

/// What a rep did to the event of a meeting in their own calendar, and that has not become a change of the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingCalendarChange {
    /// The rep.
    pub member: RepId,
    /// The name of the rep.
    pub member_name: String,
    /// The start to which it was moved, in ms since 1970; none: the event was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_at: Option<Millis>,
    /// The end to which it was moved, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_at: Option<Millis>,
    /// Why it waits: `asked` (the settings ask the owner), `taken` (the new time is not free), `past` (it is over),
    /// `other_member` (it is in the calendar of another participant) or `many` (several events are gone at once).
    pub reason: String,
    /// The instant at which it was noticed, in ms since 1970.
    pub seen_at: Millis,
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
    /// The meetings, by start.
    pub meetings: Vec<MeetingRow>,
    /// The value of `after` for the next page; none on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// `POST /api/v1/meetings`: enters a meeting by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingDraft {
    /// The id of the new meeting, made by the caller: a repeated request enters it once.
    pub id: String,
    /// The lead; without it, the person of `email`, who becomes a contact if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// The address for invitations; without it, that of the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The name; empty: that of the lead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The start, in ms since 1970; in the future.
    pub start_at: Millis,
    /// The duration in minutes; without it, that of the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_min: Option<u32>,
    /// The owner; without it, the calling member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<RepId>,
    /// The title, with placeholders; empty: that of the settings.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The location, with placeholders; empty: that of the settings.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// The time zone of the lead; without it, that of their chat, else that of the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The chat from which it is entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
    /// Whether it is entered although the owner's calendar is busy then. Meetings in Knock always block.
    #[serde(default, skip_serializing_if = "is_false")]
    pub despite_busy: bool,
}

/// `PATCH /api/v1/meetings/{id}`: changes a meeting. Exactly one of the fields is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingPatch {
    /// The new start, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_at: Option<Millis>,
    /// The id of the new owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<RepId>,
    /// The reason of the cancellation, which may be empty; the meeting is cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancel: Option<String>,
    /// Whether the lead did not come; only after the start. `false` takes back what was said of the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_show: Option<bool>,
    /// Whether the meeting took place; only after the start. `false` takes back what was said of the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_place: Option<bool>,
    /// The answer to the change that a rep made in their own calendar: `apply` moves or cancels the meeting as the event
    /// was, `undo` puts the event back as the meeting is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_change: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// `GET /api/v1/meetings/{id}/slots`: the slots to which the meeting can be rescheduled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingSlots {
    /// The starts of the slots within the booking window, by instant, in ms since 1970.
    pub starts: Vec<Millis>,
}

/// A lead with their Meeting Status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingLeadRow {
    /// The lead.
    pub lead: LeadId,
    /// The name.
    pub name: String,
    /// `Meeting Status`.
    pub status: MeetingStatusWord,
    /// The e-mail address that was refused last.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub refused_email: String,
    /// The instant of the last activity, in ms since 1970.
    pub active_at: Millis,
}

/// `GET /api/v1/meeting-leads?status=`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingLeadPage {
    /// The leads, last active first.
    pub leads: Vec<MeetingLeadRow>,
    /// The value of `after` for the next page; none on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Meeting Status of a lead, with its fields and its history: part of a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingFlowShown {
    /// `Meeting Status`.
    pub status: MeetingStatusWord,
    /// The instant of entering the status, in ms since 1970.
    pub since: Millis,
    /// The rule that gave it, such as `MS-06`.
    pub rule: String,
    /// The instant of the next change if nothing else happens, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_change_at: Option<Millis>,
    /// `Reject Reason`; `Rejected By` is the AI agent whenever there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reject_reason: Option<String>,
    /// `Meeting Time`, in ms since 1970.
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
    /// The history of Meeting Status, oldest first.
    pub history: Vec<MeetingStep>,
    /// The meetings of the lead, by start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meetings: Vec<MeetingRow>,
}

/// A change of Meeting Status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingStep {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The status entered.
    pub status: MeetingStatusWord,
    /// The cause: the event or the timer.
    pub cause: String,
}
