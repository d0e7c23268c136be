//! `/v1/meetings` and `/v1/bookings`: a visitor's side of a meeting. Instants are written as in RFC 3339.

#[cfg(feature = "openapi")]
use crate::schema::MeetingIdSchema;
use crate::{Problem, RawSecret};
use knock_model::MeetingId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /v1/meetings/open`: the visitor opens the booking; this is the click. Exactly one of `site` and `link`. With
/// `Authorization: Bearer TOKEN` of a chat, that chat's `conversation` says who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingStart {
    /// The key of the site whose launcher was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The slug of the Knock Link that was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
    /// Id of the session (UUIDv7).
    pub session: String,
    /// The chat it is opened in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// The value of `c` in an address of a mail merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub contact: Option<RawSecret>,
}

/// The booking is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingStarted {
    /// The title: the workspace's name.
    pub title: String,
    /// The greeting of the link; empty for the standard one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub greeting: String,
    /// The standard duration of a meeting, in minutes.
    pub duration_min: u32,
    /// The address of whom the browser proved to be; it need not be asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Their name, where it is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The questions before slots are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

/// A question of a meeting link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// Its id, by which it is answered.
    pub id: String,
    /// The question.
    pub label: String,
    /// The kind of answer: `text`, `number` or `choice`.
    pub kind: String,
    /// The options of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
}

/// `POST /v1/meetings/email`: the address, and the answers to the questions of the link. Exactly one of `site` and `link`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingEmail {
    /// The key of the site whose launcher was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The slug of the Knock Link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
    /// Id of the session (UUIDv7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The address.
    pub email: String,
    /// The name, where it is given with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Answers by the ids of their questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
}

/// The booking verdict for an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingVerdict {
    /// `ok`, `spam`, `unqualified`, or `unbookable`: qualified, but no calendar can be offered.
    pub verdict: String,
    /// Why not: `Spam`, `routing`, `private email` or `no_calendar`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The duration, in minutes.
    pub duration_min: u32,
    /// The names of the team's participants; empty if the slot decides them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
}

/// A start that can be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingSlot {
    /// The start, in UTC.
    pub start: String,
    /// The end, in UTC.
    pub end: String,
    /// The start in the visitor's time zone, with its offset.
    pub local: String,
}

/// `GET /v1/meetings/slots`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotList {
    /// The verdict for the address, as in [`BookingVerdict`]; `email_required` without one.
    pub verdict: String,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The duration, in minutes.
    pub duration_min: u32,
    /// The names of the team's participants; empty if the slot decides them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// The zone that `local` is in.
    pub tz: String,
    /// The starts within the asked window, by instant.
    pub slots: Vec<MeetingSlot>,
    /// The first start at or after the end of the window; none when there is no later one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Whether a calendar that counts could not be read, so that slots may be missing.
    #[serde(default)]
    pub is_unreachable: bool,
}

/// `POST /v1/meetings/holds` and `POST /v1/meetings`: a slot for a visitor. Exactly one of `site` and `link`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingRequest {
    /// The key of the site whose launcher was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The slug of the Knock Link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
    /// Id of the session (UUIDv7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The address.
    pub email: String,
    /// The name; a hold needs none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The start.
    pub start: String,
    /// The time zone of the visitor, such as `America/Vancouver`.
    pub tz: String,
    /// The language of the visitor, such as `de-AT`; without it that of `Accept-Language`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Answers by the ids of their questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// The chat it is booked in; it needs the token of that chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
}

/// A slot is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldMade {
    /// The id of the hold.
    pub hold: MeetingId,
    /// The start of the meeting.
    pub start: String,
    /// The end.
    pub end: String,
    /// Until when the slot is reserved.
    pub expires_at: String,
}

/// A meeting as its visitor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingShown {
    /// Its id.
    pub meeting: MeetingId,
    /// `booked`, `cancelled` or `no_show`.
    pub state: String,
    /// The start, in UTC.
    pub start: String,
    /// The end, in UTC.
    pub end: String,
    /// The start in the visitor's time zone, with its offset.
    pub local: String,
    /// The visitor's zone.
    pub tz: String,
    /// The address of its owner.
    pub owner: String,
    /// The names of the team's participants, the owner first.
    pub with: Vec<String>,
    /// The title.
    pub title: String,
    /// The location.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// The address of the visitor.
    pub email: String,
    /// The name of the visitor.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The name of the workspace.
    pub workspace: String,
    /// Whether the visitor can still move or cancel it.
    pub can_change: bool,
    /// Whether mails about it are sent: the server may have no way to send any.
    #[serde(default)]
    pub is_mailed: bool,
    /// The path of the page to reschedule or cancel: `/m/TOKEN`.
    pub manage: String,
    /// The token in it, for `/v1/bookings/TOKEN`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: RawSecret,
}

/// `POST /v1/bookings/{token}/reschedule`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RescheduleDraft {
    /// The new start.
    pub start: String,
}

/// `POST /v1/bookings/{token}/cancel`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelDraft {
    /// Why, in their words.
    #[serde(default)]
    pub reason: String,
}

/// `POST /v1/meetings/activity`: what a visitor did in the booking, sent as a beacon. Exactly one of `site` and `link`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingActivity {
    /// The key of the site whose launcher was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The slug of the Knock Link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
    /// `active`: they looked around; `abandoned`: they left.
    pub what: String,
}

/// 409: the slot is not free any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotTaken {
    /// The problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// Free slots from the requested day on, at most 20.
    pub slots: Vec<MeetingSlot>,
}
