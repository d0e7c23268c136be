//! Mails about meetings: effects at the mail server of the workspace. They say what the meeting was when its news was made.

use crate::{Answered, MeetingDetails};
use knock_model::{EffectKind, LeadId, MeetingId, Millis};
use serde::{Deserialize, Serialize};

/// The news in a mail about a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingNews {
    /// Booked.
    Booked,
    /// Rescheduled or reassigned.
    Changed,
    /// Cancelled, or reassigned away from the recipient.
    Cancelled,
    /// A reminder of its start.
    Reminder,
}

/// A participant of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingParty {
    /// The name; empty if unknown.
    #[serde(default)]
    pub name: String,
    /// The address.
    pub email: String,
}

/// A mail about a meeting to one who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingMail {
    /// The news.
    pub news: MeetingNews,
    /// The recipient.
    pub to: MeetingParty,
    /// Whether that is the lead, rather than a rep.
    pub is_to_lead: bool,
    /// Whether it brings a file for calendars: not to a rep in whose calendar the meeting is written anyway.
    pub has_file: bool,
    /// The meeting.
    pub meeting: MeetingId,
    /// UID of its invitations and events.
    pub uid: String,
    /// The number of changes.
    pub sequence: u32,
    /// The instant of the news.
    pub at: Millis,
    /// The start.
    pub start: Millis,
    /// The end.
    pub end: Millis,
    /// The start before a reschedule.
    #[serde(default)]
    pub before: Option<Millis>,
    /// The lead.
    pub lead: LeadId,
    /// The reps who take part, the owner first.
    pub reps: Vec<MeetingParty>,
    /// The time zone of the recipient; empty where none is known.
    pub zone: String,
    /// The name of the site.
    pub site: String,
    /// The rest.
    pub details: MeetingDetails,
}

impl MeetingMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.meeting");

    /// The lead, as the meeting names them.
    pub fn lead_party(&self) -> MeetingParty {
        MeetingParty { name: self.details.name.clone(), email: self.details.email.clone() }
    }

    /// The lead's answers, if they concern the recipient.
    pub fn answers(&self) -> &[Answered] {
        if self.is_to_lead { &[] } else { &self.details.answers }
    }
}
