//! A mail as it was read.

use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{PersonName, Subject};

/// A mail as it was read, before anybody has checked whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReceivedMail {
    /// Its `Message-ID`, without angle brackets; empty without one.
    pub message_id: String,
    /// The address of the sender as the mail says, which proves nothing; empty without one.
    pub from: String,
    pub from_name: PersonName,
    pub subject: Subject,
    /// The tags that it names, in the order in which they are tried. None is verified.
    pub tags: Vec<[u8; 26]>,
    pub kind: MailKind,
    /// What the sender wrote anew.
    pub text: String,
    /// What was cut: quotes, the signature.
    pub rest: String,
    /// The whole text, if `text` was cut at the limit of messages.
    pub whole: Option<String>,
    pub parts: Vec<MailPart>,
    /// Attachments that are not taken.
    pub left_out: Vec<LeftOut>,
}

/// An attachment of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MailPart {
    pub name: String,
    pub content: Vec<u8>,
}

/// An attachment that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeftOut {
    pub name: String,
    /// The reason, as part of a sentence.
    pub reason: String,
}

/// What kind of mail it is by its headers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum MailKind {
    /// A person wrote it, as far as can be seen.
    Message,
    AutoReply,
    /// An answer to an invitation of a calendar.
    CalendarReply,
    Bounce(Bounce),
    /// Nothing to be kept: a read receipt, a report about spam, a warning of delay, a mail of Knock itself.
    Ignored,
}

/// The report that a mail could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bounce {
    /// The address that it could not be delivered to, as [`Email`](knock_model::Email) spells it, if the report names
    /// one.
    pub recipient: Option<String>,
    /// The reason, as the other server says it: one line.
    pub reason: String,
    /// Whether the address itself is at fault, for good.
    pub is_dead: bool,
}
