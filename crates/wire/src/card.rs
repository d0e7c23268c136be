//! The booking card of a message, and a rep's message, which may have such a card.

#[cfg(feature = "openapi")]
use crate::schema::{CardCalendarSchema, CardKindSchema, MeetingIdSchema, MillisSchema};
use knock_model::{CardCalendar, CardKind, MeetingId, Millis};
use serde::{Deserialize, Serialize};

/// A card of a message. A client that does not know its kind shows the text alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageCard {
    /// The offer: `meeting` is a meeting to be booked.
    pub kind: String,
    /// Whether it offers the calendar of its sender alone. A booking by it names the message as its `card`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// The meeting that was booked in the chat after the card was sent; none before. Of several, the last one before
    /// another card was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<CardMeeting>,
}

/// A meeting that was booked in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardMeeting {
    /// Its id.
    pub id: MeetingId,
    /// The start.
    pub start_at: Millis,
    /// The same by the clock of the lead's time zone, with its offset from UTC: `2026-06-02T10:00:00+02:00`.
    pub local: String,
    /// The state: `booked` or `cancelled`.
    pub state: String,
    /// The path of the page to reschedule or cancel, `/m/TOKEN`, for the lead alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub manage: String,
}

/// `POST /api/v1/conversations/{id}/messages`: a rep writes, or sends a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RepMessageDraft {
    /// Id (UUIDv7) made by the sender: sent again, it stays one message. It may be left out with the header
    /// `Idempotency-Key`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The text, at most 4,000 characters. It may be left out with a card, which then has a text of its own in the
    /// language of the lead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The card beside the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardKind>,
    /// Whose calendar the card offers: the own one of the sender if absent. Only with a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CardCalendar>,
}
