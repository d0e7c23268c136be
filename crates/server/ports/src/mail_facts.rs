//! Facts that decide whether a mail is sent. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{ConversationId, LeadId, Millis, RepId};

/// The reading position of the lead in a conversation: numbers of messages, 0 before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The last message that reached the lead's browser.
    pub read: u64,
    /// The last message of a rep that was mailed.
    pub mailed: u64,
    /// The last message of a rep.
    pub last_of_rep: u64,
}

/// Reading the facts about mail.
pub trait MailFacts {
    /// The reading position of the lead; none if there is no such conversation.
    fn reading(&self, conversation: ConversationId) -> Result<Option<Reading>, StoreError>;

    /// Returns the conversations of a lead whose last replies may have to be mailed, each with the instant to check,
    /// soonest first.
    fn replies_due(&self, lead: LeadId) -> Result<Vec<(ConversationId, Millis)>, StoreError>;

    /// The instant at which a lead unsubscribed from mail.
    fn mail_stopped_at(&self, lead: LeadId) -> Result<Option<Millis>, StoreError>;

    /// The number of sign-in links mailed to a member since an instant.
    fn links_since(&self, member: RepId, since: Millis) -> Result<u64, StoreError>;

    /// Returns the instants of the recorded mails to a mailbox, oldest first. A mailbox is a hash of its address.
    fn mails_sent(&self, mailbox: &[u8; 16]) -> Result<Vec<Millis>, StoreError>;
}

/// Writing the facts about mail.
pub trait MailLedger {
    /// Records that messages up to this one reached the lead's browser; false if that was recorded already.
    fn note_read(&mut self, conversation: ConversationId, seq: u64) -> Result<bool, StoreError>;

    /// Sets the instant at which the last replies in a conversation are checked for mailing; none after that was done.
    fn set_reply_due(&mut self, conversation: ConversationId, due_at: Option<Millis>) -> Result<(), StoreError>;

    /// Records that replies up to this one were mailed.
    fn note_mailed(&mut self, conversation: ConversationId, seq: u64) -> Result<(), StoreError>;

    /// Records that a delivery was mailed to a mailbox; once for each delivery.
    fn note_sent(&mut self, mailbox: &[u8; 16], delivery: i64, at: Millis) -> Result<(), StoreError>;

    /// Removes the records of mails up to an instant, and those after `now`, which are of a clock that was ahead.
    fn forget_mails(&mut self, until: Millis, now: Millis) -> Result<(), StoreError>;

    /// Records that a lead wants no more mail.
    fn stop_mail(&mut self, lead: LeadId, at: Millis) -> Result<(), StoreError>;
}
