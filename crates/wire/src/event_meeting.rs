//! The `data` of the events about meetings.

#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, MeetingIdSchema, MillisSchema};
use crate::{EventAccount, EventPerson, MeetingAnswer, MeetingStatusWord};
use knock_model::{ConversationId, MeetingId, Millis};
use serde::{Deserialize, Serialize};

/// The meeting that an event is about, as of the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventMeeting {
    /// Its id.
    pub id: MeetingId,
    /// The start, in ms since 1970.
    pub start: Millis,
    /// The end, in ms since 1970.
    pub end: Millis,
    /// The title of the invite.
    pub title: String,
    /// The place: an address, a telephone number or the link of a video call; empty if there is none.
    #[serde(default)]
    pub location: String,
    /// `Meeting Owner`: the address of the rep.
    pub owner: String,
    /// The addresses of all reps who attend, the owner first.
    pub reps: Vec<String>,
    /// The Knock Link by which it was booked, or `Website`; empty for one entered by hand.
    #[serde(default)]
    pub link: String,
    /// The key of the site of its link.
    #[serde(default)]
    pub site: String,
    /// The chat in which it was booked.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
    /// The instant of booking, in ms since 1970.
    pub booked_at: Millis,
    /// The answers of the lead to the questions of the link.
    #[serde(default)]
    pub answers: Vec<MeetingAnswer>,
    /// `Meeting Status` of the lead; none for a lead who has none.
    #[serde(default)]
    pub status: Option<MeetingStatusWord>,
}

/// `data` of `meeting.booked`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingBooked {
    /// The lead.
    pub lead: EventPerson,
    /// The company of the lead, if known.
    #[serde(default)]
    pub account: Option<EventAccount>,
    /// The meeting.
    pub meeting: EventMeeting,
}

/// `data` of `meeting.rescheduled`: the meeting has another time, another owner, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingRescheduled {
    /// The lead.
    pub lead: EventPerson,
    /// The company of the lead, if known.
    #[serde(default)]
    pub account: Option<EventAccount>,
    /// The meeting as it is now.
    pub meeting: EventMeeting,
    /// The start before, in ms since 1970; the same as now if only the owner is another.
    pub previous_start: Millis,
    /// The address of the owner before; the same as now if only the time is another.
    pub previous_owner: String,
}

/// `data` of `meeting.cancelled`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingCancelled {
    /// The lead.
    pub lead: EventPerson,
    /// The company of the lead, if known.
    #[serde(default)]
    pub account: Option<EventAccount>,
    /// The meeting.
    pub meeting: EventMeeting,
    /// `Cancelled By`: `Rep` or `Lead`.
    pub cancelled_by: String,
    /// The address of the member who cancelled it; none if the lead did, or an API key.
    #[serde(default)]
    pub rep: Option<String>,
    /// The reason, in the words of who cancelled it; empty if none was given.
    #[serde(default)]
    pub reason: String,
}

/// `data` of `meeting.no_show`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingNoShow {
    /// The lead.
    pub lead: EventPerson,
    /// The company of the lead, if known.
    #[serde(default)]
    pub account: Option<EventAccount>,
    /// The meeting to which the lead did not come.
    pub meeting: EventMeeting,
}

/// `data` of `meeting.status_changed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingStatusChanged {
    /// The lead.
    pub lead: EventPerson,
    /// The company of the lead, if known.
    #[serde(default)]
    pub account: Option<EventAccount>,
    /// `Meeting Status` now.
    pub status: MeetingStatusWord,
    /// The status before; none for a new flow.
    #[serde(default)]
    pub previous: Option<MeetingStatusWord>,
    /// The instant of the change, in ms since 1970.
    pub since: Millis,
    /// The rule that gave it, such as `MS-06`.
    pub rule: String,
    /// `Reject Reason`: `Spam`, `routing` or `private email`.
    #[serde(default)]
    pub reject_reason: Option<String>,
    /// `Meeting Time`, in ms since 1970.
    #[serde(default)]
    pub time: Option<Millis>,
    /// `Meeting Owner`: the address of the rep.
    #[serde(default)]
    pub owner: Option<String>,
    /// `Cancelled By`: `Rep` or `Lead`.
    #[serde(default)]
    pub cancelled_by: Option<String>,
    /// Whether the lead is marked as spam.
    #[serde(default)]
    pub is_spam: bool,
}
