//! A letter to one person, and the reason for which an effect is none.

use knock_model::{Millis, PersonName, Subject};
use knock_ports::MeetingParty;

/// The longest subject, in characters.
const SUBJECT: usize = 150;

/// A meeting as calendars take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFile {
    /// The method for the recipient's calendar, such as `REQUEST`.
    pub method: &'static str,
    /// iCalendar.
    pub content: String,
}

/// A letter to one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// The recipient's address.
    pub to: String,
    /// The recipient's name; empty when not known.
    pub name: PersonName,
    /// The subject.
    pub subject: Subject,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The address at which the recipient unsubscribes, if they did not request this mail.
    pub unsubscribe: Option<String>,
    /// The common thread of mails about the same subject: mail programs show them together.
    pub thread: Option<String>,
    /// Past this instant it is no use to send it.
    pub expires_at: Option<Millis>,
    /// The recipient of replies, if not the sender.
    pub reply_to: Option<MeetingParty>,
    /// The signed tag of a conversation, by which an answer is recognised: it stands in the id of the message.
    pub tag: Option<String>,
    /// The envelope sender, which gets returned mails, where its domain is that of the sender; else the sender gets them.
    pub bounces_to: Option<String>,
    /// The file for the recipient's calendar.
    pub calendar: Option<CalendarFile>,
}

/// The reason for which an effect is not a mail.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableEffect {
    /// This version knows no such letter.
    #[error("this version knows no mail of the kind {0}")]
    Unknown(String),
    /// The data of the effect is not what its kind says.
    #[error("the data of the mail cannot be read: {0}")]
    Data(#[from] serde_json::Error),
    /// A template failed.
    #[error("the mail cannot be written: {0}")]
    Template(#[from] askama::Error),
}

/// A text as a subject that mail programs show whole.
pub(crate) fn subject(text: &str) -> Subject {
    let text = Subject::parse(text);
    Subject::from(text.chars().take(SUBJECT).collect::<String>())
}
