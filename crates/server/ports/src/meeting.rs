//! Meetings in the store: the facts of Meeting Status, the meetings themselves, and the reserved times of reps.

use crate::{SecretHash, StoreError};
use knock_agent::Language;
use knock_model::{
    Answer, CalendarAccountId, ConversationId, Description, Label, LeadId, Location, MeetingId, MeetingState, Millis,
    PersonName, Reason, RepId, SessionId, SignalId, SiteId, Subject, VisitorId,
};
use knock_status::Fact;
use knock_status::meeting::{Canceller, Event};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A fact of Meeting Status.
pub type MeetingFact = Fact<SignalId, Event>;

/// A booked meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub id: MeetingId,
    pub lead: LeadId,
    pub owner: RepId,
    pub start: Millis,
    pub end: Millis,
    pub state: MeetingState,
    /// The number of changes: SEQUENCE of its invite (SC-12).
    pub sequence: u32,
    pub booked_at: Millis,
    pub updated_at: Millis,
    pub details: MeetingDetails,
}

impl Meeting {
    /// Returns the UID of its invitations and calendar events, which never changes (SC-12).
    pub fn uid(&self) -> String {
        format!("{}@knock", self.id)
    }

    /// Whether it is booked and has not ended.
    pub fn is_upcoming(&self, now: Millis) -> bool {
        self.state == MeetingState::Booked && now < self.end
    }
}

/// The details of a meeting beside its time and owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingDetails {
    /// All reps who attend, the owner first.
    pub reps: Vec<RepId>,
    pub title: Subject,
    /// The location; empty when not given.
    #[serde(default)]
    pub location: Location,
    /// The description in the invite.
    #[serde(default)]
    pub description: Description,
    /// The address that the lead gave.
    pub email: String,
    /// The name that the lead gave.
    #[serde(default)]
    pub name: PersonName,
    /// The time zone of the lead.
    pub zone: String,
    /// The language of the lead.
    #[serde(with = "language")]
    pub language: Language,
    /// The lead's answers to the questions of the link.
    #[serde(default)]
    pub answers: Vec<Answered>,
    /// The link by which it was booked.
    pub link: String,
    #[serde(with = "site")]
    pub site: SiteId,
    pub visitor: VisitorId,
    pub session: SessionId,
    /// The chat in which it was booked.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
    #[serde(default)]
    pub cancelled_by: Option<Canceller>,
    /// The member who cancelled it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by_member: Option<RepId>,
    /// The reason, in their words.
    #[serde(default)]
    pub reason: Reason,
    /// Reminders due before this instant were sent or are obsolete.
    pub reminded_until: Millis,
    /// Who entered it, where it was not booked by the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
    /// The address of the conference that the provider of the owner's calendar made for it; empty for none. It is the
    /// location of a meeting without another one.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub conference: Location,
    /// Its events in the calendars of reps, one for each account in which it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<WrittenEntry>,
}

/// The event of a meeting in a calendar of a rep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenEntry {
    pub account: CalendarAccountId,
    pub member: RepId,
    /// The id of the calendar.
    pub calendar: String,
    /// The sequence of the version that was written last.
    pub sequence: u32,
    /// Whether the lead declined it there, as a guest of it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_declined: bool,
    /// What the rep did to it that has not become a change of the meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<EntryChange>,
}

/// A change that a rep made to the event of a meeting in their own calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryChange {
    /// The start and the end to which it was moved; none: it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<(Millis, Millis)>,
    /// The reason why it waits for the owner of the meeting.
    pub why: EntryWaits,
    /// The instant at which it was noticed.
    pub seen_at: Millis,
}

/// The reason why a change in a calendar does not become one of its meeting by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryWaits {
    /// The owner is to be asked, by the settings.
    Asked,
    /// The new time is taken.
    Taken,
    /// The new time is over.
    Past,
    /// It is in the calendar of another rep than the owner.
    OtherMember,
    /// Several events are gone at once: the calendar may have been emptied.
    Many,
}

impl EntryWaits {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            EntryWaits::Asked => "asked",
            EntryWaits::Taken => "taken",
            EntryWaits::Past => "past",
            EntryWaits::OtherMember => "other_member",
            EntryWaits::Many => "many",
        }
    }
}

/// A meeting that the team entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// The member; none for an API key.
    #[serde(default)]
    pub by: Option<RepId>,
    /// The title as it was entered, with its placeholders; empty: that of the settings.
    #[serde(default)]
    pub title: String,
    /// The location as it was entered, with its placeholders; empty: that of the settings.
    #[serde(default)]
    pub location: String,
}

/// An answer to a question of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The question, as it was asked.
    pub question: Label,
    pub answer: Answer,
}

/// The fields by which lists of meeting leads are filtered and sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingLead {
    pub lead: LeadId,
    /// Meeting Status, in its one spelling.
    pub status: String,
    /// Whether it hides the lead (MS-03).
    pub is_spam: bool,
    pub active_at: Millis,
    /// The last given address that was refused; empty if none was.
    pub refused_email: String,
    /// What reports need of the way to a meeting, packed.
    pub course: Vec<u8>,
}

/// A reserved time of a rep: of a meeting, or a hold for a visitor who is about to book (SC-10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// The meeting, or the id of the hold.
    pub id: MeetingId,
    pub rep: RepId,
    pub lead: LeadId,
    pub start: Millis,
    pub end: Millis,
    /// The visitor of a hold and the instant of its expiry; none for a meeting.
    pub hold: Option<(VisitorId, Millis)>,
}

/// The state on which a rep's turn for a meeting depends (SC-09).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BookedTurn {
    /// The number of booked meetings that start later.
    pub upcoming: u64,
    pub last_booked: Option<Millis>,
}

/// A query for meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeetingQuery {
    /// Meetings that end after this instant.
    pub from: Option<Millis>,
    /// Meetings that begin before this instant.
    pub to: Option<Millis>,
    pub owner: Option<RepId>,
    pub state: Option<MeetingState>,
    /// Whether the meeting with the latest start comes first.
    pub is_latest_first: bool,
}

/// Writing meetings.
pub trait MeetingLedger {
    /// Stores a fact; does nothing if its id is stored already.
    fn append_meeting_fact(&mut self, lead: LeadId, fact: &MeetingFact) -> Result<(), StoreError>;

    /// Stores the values for lists.
    fn save_meeting_lead(&mut self, summary: &MeetingLead) -> Result<(), StoreError>;

    /// Stores a meeting, new or changed.
    fn save_meeting(&mut self, meeting: &Meeting) -> Result<(), StoreError>;

    /// Reserves times of reps, all or none. Returns whether they were free. The database does not accept two
    /// reservations of a rep that share a minute.
    fn reserve(&mut self, reservations: &[Reservation]) -> Result<bool, StoreError>;

    /// Releases the time of a meeting or a hold, and removes the unconfirmed booking of the hold.
    fn release(&mut self, id: MeetingId) -> Result<(), StoreError>;

    /// Releases the times of all expired holds, and removes their unconfirmed bookings.
    fn release_expired(&mut self, now: Millis) -> Result<(), StoreError>;

    /// Stores the meeting that a request created, under the request's idempotency key, with the hash of the request.
    fn save_booking_key(&mut self, key: SecretHash, asked: SecretHash, meeting: MeetingId) -> Result<(), StoreError>;
}

/// Reading meetings.
pub trait MeetingView {
    /// The facts of a lead's Meeting Status, in order of delivery.
    fn meeting_facts(&self, lead: LeadId) -> Result<Vec<MeetingFact>, StoreError>;

    /// The stored summary of a lead, for lists.
    fn meeting_lead(&self, lead: LeadId) -> Result<Option<MeetingLead>, StoreError>;

    /// A page of leads in a Meeting Status, last active first.
    fn meeting_leads(
        &self,
        status: &str,
        after: Option<crate::Cursor>,
        limit: u32,
    ) -> Result<Vec<MeetingLead>, StoreError>;

    /// The leads whose stored summary is one of an earlier version, up to `limit`.
    fn outdated_meeting_leads(&self, limit: u32) -> Result<Vec<LeadId>, StoreError>;

    /// One meeting.
    fn meeting(&self, id: MeetingId) -> Result<Option<Meeting>, StoreError>;

    /// Returns all meetings of a lead, by their start.
    fn meetings_of_lead(&self, lead: LeadId) -> Result<Vec<Meeting>, StoreError>;

    /// Returns meetings, by their start.
    fn meetings(
        &self,
        which: &MeetingQuery,
        after: Option<crate::Cursor>,
        limit: u32,
    ) -> Result<Vec<Meeting>, StoreError>;

    /// The holds of a visitor.
    fn holds_of(&self, visitor: VisitorId) -> Result<Vec<MeetingId>, StoreError>;

    /// The reservations of reps between two instants, expired holds included.
    fn reservations(&self, from: Millis, to: Millis) -> Result<Vec<Reservation>, StoreError>;

    /// The reservations for a lead.
    fn reserved_for(&self, lead: LeadId) -> Result<Vec<Reservation>, StoreError>;

    /// The number of stored requests that booked meetings of a lead.
    fn booking_keys_of(&self, lead: LeadId) -> Result<u64, StoreError>;

    /// Returns the reservations of a meeting or a hold.
    fn reserved(&self, id: MeetingId) -> Result<Vec<Reservation>, StoreError>;

    /// Returns the turn of each owner who was ever booked.
    fn booked_turns(&self, now: Millis) -> Result<BTreeMap<RepId, BookedTurn>, StoreError>;

    /// Returns the meeting that a request with this idempotency key created, with the hash of the request.
    fn booking_by_key(&self, key: SecretHash) -> Result<Option<(SecretHash, MeetingId)>, StoreError>;
}

pub(crate) mod language {
    use knock_agent::Language;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(language: &Language, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(language.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Language, D::Error> {
        let word = String::deserialize(from)?;
        Language::parse(&word).ok_or_else(|| serde::de::Error::custom("no language of Knock"))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

pub(crate) mod site {
    use knock_model::SiteId;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(site: &SiteId, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(site.0)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SiteId, D::Error> {
        i64::deserialize(from).map(SiteId)
    }
}
