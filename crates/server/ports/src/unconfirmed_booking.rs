//! Bookings that are not confirmed yet: their visitors have to open the link in a mail first. Every method fails only when
//! the database does.

use crate::{Answered, SecretHash, StoreError};
use knock_agent::Language;
use knock_model::{Answer, ConversationId, LeadId, MeetingId, Millis, PersonName, RepId, SessionId, SiteId, VisitorId};
use serde::{Deserialize, Serialize};

/// A requested meeting that is not booked before it is confirmed. Its slot is held until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnconfirmedBooking {
    /// The id of its hold, and of the meeting after the confirmation.
    pub id: MeetingId,
    pub lead: LeadId,
    pub start: Millis,
    pub end: Millis,
    /// The end of its hold, after which it cannot be confirmed.
    pub expires_at: Millis,
    /// The hashes of the idempotency key and of the request, if it may be repeated.
    pub key: Option<(SecretHash, SecretHash)>,
    pub details: BookingDetails,
}

/// The details of a requested meeting beside its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingDetails {
    /// The address that the lead gave.
    pub email: String,
    /// The name that the lead gave.
    pub name: PersonName,
    /// The time zone of the lead.
    pub zone: String,
    /// The language of the lead.
    #[serde(with = "crate::meeting::language")]
    pub language: Language,
    /// The lead's answers to the questions of the link, as they are shown.
    pub answers: Vec<Answered>,
    /// The same answers, by the field that each fills.
    pub fields: Vec<(String, Answer)>,
    /// The link by which it was requested.
    pub link: String,
    #[serde(with = "crate::meeting::site")]
    pub site: SiteId,
    pub visitor: VisitorId,
    pub session: SessionId,
    /// The chat in which it was requested.
    pub conversation: Option<ConversationId>,
    /// The member whose own calendar the card of the chat offered.
    #[serde(default)]
    pub calendar_of: Option<RepId>,
}

/// Writing unconfirmed bookings. They are removed with their holds.
pub trait UnconfirmedBookingLedger {
    /// Stores an unconfirmed booking, after its hold.
    fn save_unconfirmed_booking(&mut self, booking: &UnconfirmedBooking) -> Result<(), StoreError>;
}

/// Reading unconfirmed bookings, expired ones included.
pub trait UnconfirmedBookingView {
    /// One unconfirmed booking.
    fn unconfirmed_booking(&self, id: MeetingId) -> Result<Option<UnconfirmedBooking>, StoreError>;

    /// Returns the unconfirmed booking of a request with this idempotency key.
    fn unconfirmed_by_key(&self, key: SecretHash) -> Result<Option<UnconfirmedBooking>, StoreError>;

    /// Returns the unconfirmed bookings of a lead, by their start.
    fn unconfirmed_of(&self, lead: LeadId) -> Result<Vec<UnconfirmedBooking>, StoreError>;
}
