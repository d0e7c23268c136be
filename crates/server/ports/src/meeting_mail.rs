//! Mails about meetings: effects at the mail server of the workspace, with the meeting as of the time of the news.

use crate::{Answered, MeetingDetails};
use knock_agent::Language;
use knock_model::{EffectKind, Label, LeadId, MeetingId, Millis, PersonName};
use knock_status::meeting::Canceller;
use serde::{Deserialize, Serialize};

/// The news in a mail about a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingNews {
    Booked,
    /// Rescheduled or reassigned.
    Changed,
    /// Cancelled, or reassigned away from the recipient.
    Cancelled,
    Reminder,
}

/// A participant of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingParty {
    /// The name; empty if unknown.
    #[serde(default)]
    pub name: PersonName,
    pub email: String,
}

/// A mail about a meeting to a participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingMail {
    pub news: MeetingNews,
    pub to: MeetingParty,
    /// Whether the recipient is the lead, not a rep.
    pub is_to_lead: bool,
    /// Whether the calendar invite is attached: not for a rep into whose calendar the meeting is written anyway.
    pub has_file: bool,
    pub meeting: MeetingId,
    /// The UID of its invitations and events.
    pub uid: String,
    /// The number of changes.
    pub sequence: u32,
    /// The instant of the news.
    pub at: Millis,
    pub start: Millis,
    pub end: Millis,
    /// The start before a reschedule.
    #[serde(default)]
    pub before: Option<Millis>,
    /// The owner before a reassignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<MeetingParty>,
    /// The name of the member who cancelled it; empty if the lead did, or if it is unknown.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: PersonName,
    pub lead: LeadId,
    /// The reps who attend, the owner first.
    pub reps: Vec<MeetingParty>,
    /// The time zone of the recipient; empty if unknown.
    pub zone: String,
    /// The name of the site.
    pub site: Label,
    pub details: MeetingDetails,
}

impl MeetingMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.meeting");

    /// Returns the lead, with the name and the address given for the meeting.
    pub fn lead_party(&self) -> MeetingParty {
        MeetingParty { name: self.details.name.clone(), email: self.details.email.clone() }
    }

    /// Whether the lead cancelled the meeting.
    pub fn is_cancelled_by_lead(&self) -> bool {
        self.details.cancelled_by == Some(Canceller::Lead)
    }

    /// The lead's answers, if they concern the recipient.
    pub fn answers(&self) -> &[Answered] {
        if self.is_to_lead { &[] } else { &self.details.answers }
    }
}

/// A mail with the link by which the owner of an address confirms a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmationMail {
    pub to: MeetingParty,
    pub lead: LeadId,
    /// The unconfirmed booking, from which the server derives the token of the link.
    pub booking: MeetingId,
    pub start: Millis,
    pub end: Millis,
    /// The time zone of the lead.
    pub zone: String,
    /// The language of the lead.
    #[serde(with = "crate::meeting::language")]
    pub language: Language,
    /// The name of the site.
    pub site: Label,
    /// The Knock Link of the booking, where another time can be chosen.
    pub link: String,
    /// The expiry of the link.
    pub expires_at: Millis,
}

impl ConfirmationMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.booking_confirmation");
}
