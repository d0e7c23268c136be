//! `/v1/meetings` and `/v1/bookings`: the visitor's side of a meeting. Instants are written as in RFC 3339.

#[cfg(feature = "openapi")]
use crate::schema::MeetingIdSchema;
use crate::{Problem, RawSecret};
use knock_model::MeetingId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /v1/meetings/open`: opens the booking, which counts as the click. Exactly one of `site` and `link` is given.
/// With `Authorization: Bearer TOKEN` of a chat, the `conversation` of that chat identifies the visitor.
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
    /// The conversation in which the booking is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// The value of the parameter `c` in an address of a mail merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub contact: Option<RawSecret>,
    /// The tag of the language of the page, such as `de`; the first of the browser's otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// An open booking.
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
    /// Whether mails about the meeting are sent; false if the server cannot send mail.
    #[serde(default)]
    pub is_mailed: bool,
    /// The proven e-mail address of the visitor; it need not be asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The name of the visitor, if known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The questions to answer before slots are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

/// A question of a meeting link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// Its id, the key of its answer.
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

/// `POST /v1/meetings/email`: the address, and the answers to the questions of the link. Exactly one of `site` and
/// `link` is given.
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
    /// The id of the message whose card is booked by, where the card offers the calendar of its sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
    /// Id of the session (UUIDv7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The e-mail address of the visitor.
    pub email: String,
    /// Whether the visitor said that the address is right though its domain looks mistyped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub email_is_right: bool,
    /// The name of the visitor, if it is given with the address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The answers, by the ids of their questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
}

/// The booking verdict for an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingVerdict {
    /// `ok`, `spam`, `unqualified`, or `unbookable`: qualified, but no calendar can be offered.
    pub verdict: String,
    /// The reason of a negative verdict: `Spam`, `routing`, `private email` or `no_calendar`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The duration, in minutes.
    pub duration_min: u32,
    /// The names of the team's participants; empty if the slot decides them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
}

/// A slot that can be booked.
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
    /// The reason of a negative verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The duration, in minutes.
    pub duration_min: u32,
    /// The names of the team's participants; empty if the slot decides them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// The time zone of `local`.
    pub tz: String,
    /// The slots in the requested window, by start.
    pub slots: Vec<MeetingSlot>,
    /// The start of the first slot at or after the end of the window; none if there is no later slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Whether a required calendar could not be read, so that slots may be missing.
    #[serde(default)]
    pub is_unreachable: bool,
}

/// `POST /v1/meetings/holds` and `POST /v1/meetings`: a slot for a visitor. Exactly one of `site` and `link` is given.
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
    /// The id of the message whose card is booked by, where the card offers the calendar of its sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// Id of the browser (UUIDv7).
    pub visitor: String,
    /// Id of the session (UUIDv7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The e-mail address of the visitor.
    pub email: String,
    /// Whether the visitor said that the address is right though its domain looks mistyped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub email_is_right: bool,
    /// The name of the visitor; not needed for a hold.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The start.
    pub start: String,
    /// The time zone of the visitor, such as `America/Vancouver`.
    pub tz: String,
    /// The language of the visitor, such as `de-AT`; without it that of `Accept-Language`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The answers, by the ids of their questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// The conversation in which the meeting is booked; requires the token of that chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
}

/// A hold on a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldMade {
    /// The id of the hold.
    pub hold: MeetingId,
    /// The start of the meeting.
    pub start: String,
    /// The end of the meeting.
    pub end: String,
    /// The instant of expiry of the hold.
    pub expires_at: String,
}

/// 202 of `POST /v1/meetings`: nothing is booked before the visitor opens the link in the mail to this address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingToConfirm {
    /// The address that gets the link.
    pub email: String,
    /// The start of the meeting.
    pub start: String,
    /// The end of the meeting.
    pub end: String,
    /// The instant until which the slot is held and the link can be used.
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
    /// The visitor's time zone.
    pub tz: String,
    /// The e-mail address of its owner.
    pub owner: String,
    /// The names of the team's participants, the owner first.
    pub with: Vec<String>,
    /// The title.
    pub title: String,
    /// The location.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// The e-mail address of the visitor.
    pub email: String,
    /// The name of the visitor.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The name of the workspace.
    pub workspace: String,
    /// Whether the visitor can still reschedule or cancel it.
    pub can_change: bool,
    /// Whether its end has passed.
    #[serde(default)]
    pub is_over: bool,
    /// Whether mails about it are sent; false if the server cannot send mail.
    #[serde(default)]
    pub is_mailed: bool,
    /// The path of the page to reschedule or cancel: `/m/TOKEN`.
    pub manage: String,
    /// The token of that page, for `/v1/bookings/TOKEN`.
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
    /// The reason, in the visitor's words.
    #[serde(default)]
    pub reason: String,
}

/// `POST /v1/meetings/activity`: the activity of a visitor in the booking, sent as a beacon. Exactly one of `site` and
/// `link` is given.
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
    /// `active`: the visitor used the booking; `abandoned`: the visitor left it.
    pub what: String,
}

/// 409: the slot is no longer free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotTaken {
    /// The problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// Free slots from the requested day on, at most 20.
    pub slots: Vec<MeetingSlot>,
}
