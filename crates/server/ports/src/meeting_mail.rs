//! Mails about meetings: effects at the mail server of the workspace. They say what the meeting was when its news was made.

use crate::{Answered, MeetingDetails};
use knock_model::{EffectKind, LeadId, MeetingId, Millis};
use serde::{Deserialize, Serialize};

/// What a mail about a meeting says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingNews {
    /// It was booked.
    Booked,
    /// It has another time or another owner.
    Changed,
    /// It does not take place; or no longer with the recipient.
    Cancelled,
    /// It takes place soon.
    Reminder,
}

/// Somebody at a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingParty {
    /// What they are called; empty when not known.
    #[serde(default)]
    pub name: String,
    /// Their address.
    pub email: String,
}

/// A mail about a meeting to one who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingMail {
    /// What it says.
    pub news: MeetingNews,
    /// To whom.
    pub to: MeetingParty,
    /// Whether that is the lead, rather than a rep.
    pub is_to_lead: bool,
    /// Whether it brings a file for calendars: not to a rep in whose calendar the meeting is written anyway.
    pub has_file: bool,
    /// The meeting.
    pub meeting: MeetingId,
    /// UID of its invitations and events.
    pub uid: String,
    /// How often it was changed.
    pub sequence: u32,
    /// When this news was made.
    pub at: Millis,
    /// When it begins.
    pub start: Millis,
    /// When it ends.
    pub end: Millis,
    /// When it began before it was moved.
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

    /// What the lead answered, where that is of interest to the recipient.
    pub fn answers(&self) -> &[Answered] {
        if self.is_to_lead { &[] } else { &self.details.answers }
    }
}
