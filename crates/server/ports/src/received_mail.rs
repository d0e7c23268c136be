//! Answers by mail: the way by which they come, and what came.

use crate::StoreError;
use knock_model::{ConversationId, Email, LeadId, Millis, PersonName, ReceivedKind, Subject};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The address of answers by mail, and the way by which they come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundMail {
    /// The address that replies name as theirs.
    pub address: String,
    /// Whether its mailbox also takes `local+anything@domain`.
    pub has_tags: bool,
    pub way: InboundWay,
}

/// The way by which mails come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboundWay {
    /// A folder of a mailbox, looked at by IMAP.
    Imap {
        /// The credentials that are no secrets, by the names of their fields.
        account: BTreeMap<String, String>,
        folder: String,
        /// The secret ones, sealed.
        secret: String,
    },
    /// Requests of a mail provider.
    Hook {
        /// The SHA-256 of the secret in their address, in hexadecimal digits.
        secret: String,
    },
}

/// How far a folder was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundCursor {
    /// The number of the folder's numbering: with another one, all numbers are others (RFC 3501, 2.3.1.1).
    pub uid_validity: u32,
    /// The last mail that was looked at.
    pub last_uid: u32,
}

/// How it goes with the way of mails.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundState {
    pub cursor: Option<InboundCursor>,
    /// What is wrong, as a sentence; empty while nothing is.
    pub problem: String,
    pub problem_since: Option<Millis>,
    /// How many mails were taken.
    pub taken: u64,
    /// The instant of the last one.
    pub last_at: Option<Millis>,
}

/// A mail of a conversation as it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMail {
    /// The same for the same mail, however often it comes.
    pub key: [u8; 16],
    pub conversation: ConversationId,
    /// The number of its message; none for a mail that is none.
    pub seq: Option<u64>,
    pub kind: ReceivedKind,
    /// The instant at which it was taken.
    pub at: Millis,
    /// The address of the sender as the mail says.
    pub sender: String,
    pub sender_name: PersonName,
    /// Whether that address is none that the conversation gave.
    pub is_other: bool,
    pub subject: Subject,
    /// The text of a mail that is no message, such as the reason of a return; else empty: the message has it.
    pub text: String,
    /// What was cut off the text.
    pub rest: String,
    pub left_out: Vec<LeftOutFile>,
}

/// An attachment that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutFile {
    pub name: String,
    /// The reason, as part of a sentence.
    pub reason: String,
}

/// An address of a lead from which mail was returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailBounce {
    pub email: Email,
    pub at: Millis,
    /// The reason, as the other server says it.
    pub reason: String,
    /// Whether nothing is mailed there any more.
    pub is_dead: bool,
}

/// Reading answers by mail.
pub trait ReceivedMailView {
    /// The way by which answers come; none while there is none.
    fn inbound_mail(&self) -> Result<Option<InboundMail>, StoreError>;

    /// What became of the last look into it.
    fn inbound_state(&self) -> Result<InboundState, StoreError>;

    /// The mail with this key.
    fn stored_mail(&self, key: &[u8; 16]) -> Result<Option<StoredMail>, StoreError>;

    /// The mails of a conversation, oldest first.
    fn mails_of(&self, conversation: ConversationId) -> Result<Vec<StoredMail>, StoreError>;

    /// The number of mails of a conversation after an instant.
    fn mails_since(&self, conversation: ConversationId, since: Millis) -> Result<u64, StoreError>;

    /// The addresses of a lead from which mail was returned, by address.
    fn mail_bounces(&self, lead: LeadId) -> Result<Vec<MailBounce>, StoreError>;
}

/// Writing answers by mail.
pub trait ReceivedMailLedger {
    /// Sets how answers arrive; none ends it.
    fn save_inbound_mail(&mut self, mail: Option<&InboundMail>) -> Result<(), StoreError>;

    /// Keeps what became of a look.
    fn save_inbound_state(&mut self, state: &InboundState) -> Result<(), StoreError>;

    /// Stores a mail under its key, which no stored mail has.
    fn append_mail(&mut self, mail: &StoredMail) -> Result<(), StoreError>;

    /// Stores that mail to an address was returned, in place of what is stored of that address.
    fn save_bounce(&mut self, lead: LeadId, bounce: &MailBounce) -> Result<(), StoreError>;

    /// Forgets that mail to an address was returned; false if nothing was stored of it.
    fn drop_bounce(&mut self, lead: LeadId, email: &Email) -> Result<bool, StoreError>;
}
