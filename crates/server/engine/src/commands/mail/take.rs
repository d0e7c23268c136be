//! A mail that came for a conversation: a message of the lead, or something that the team reads beside it. Once.

use super::bounce::note_bounce;
use super::inbound::advance;
use crate::changes::Changes;
use crate::commands::chat::Numbered;
use crate::commands::identify::FreshIds;
use crate::commands::lead_message::LeadMessage;
use crate::commands::message_text::MessageText;
use crate::commands::new_file::NewFile;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::recipient::{is_known, is_same};
use crate::writer::{After, Command};
use knock_model::{
    ConversationId, Email, MessageChannel, MessageId, Millis, PersonName, ReceivedKind, SignalId, Subject,
};
use knock_ports::{Consulted, Conversation, InboundCursor, Ledger, LeftOutFile, StoreError, StoredMail, View};
use knock_replies::Bounce;

/// The mails of an hour that one conversation takes: two robots that answer each other end there.
const MOST_OF_HOUR: u64 = 20;
const HOUR: Millis = Millis(3_600_000);

/// Takes a mail, with the place in the mailbox after it.
#[derive(Clone, Debug)]
pub struct TakeMail {
    pub conversation: ConversationId,
    /// The same for the same mail, however often it comes.
    pub key: [u8; 16],
    pub received: TakenMail,
    /// Its files; their contents are stored already.
    pub files: Vec<NewFile>,
    pub cursor: Option<InboundCursor>,
    /// The id of its message, if it becomes one.
    pub id: MessageId,
    /// Ids for the consequences of the message, as in [`LeadMessage`].
    pub follow_ups: [SignalId; 6],
    pub identify: SignalId,
    pub fresh: FreshIds,
    pub now: Millis,
}

/// A mail whose tag is genuine.
#[derive(Clone, Debug)]
pub struct TakenMail {
    /// The address of the sender as the mail says.
    pub sender: String,
    pub sender_name: PersonName,
    pub subject: Subject,
    /// What it is by itself; who sent it, and how many came, may make it another.
    pub kind: ReceivedKind,
    /// What a report of a mail server says.
    pub bounce: Option<Bounce>,
    /// The new text, by [`MessageText::of_mail`].
    pub text: MessageText,
    pub rest: String,
    pub left_out: Vec<LeftOutFile>,
}

/// The outcome of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTaken {
    /// A message with this number.
    Message(u64),
    /// No message: the team reads that it came.
    Noted(ReceivedKind),
    /// It was taken before.
    Known,
    UnknownChat,
}

impl Command for TakeMail {
    type Outcome = MailTaken;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<MailTaken, StoreError> {
        let taken = self.take(ledger, changes)?;
        let mut state = ledger.inbound_state()?;
        let before = state.clone();
        advance(&mut state, self.cursor);
        if matches!(taken, MailTaken::Message(_) | MailTaken::Noted(_)) {
            (state.taken, state.last_at) = (state.taken + 1, Some(self.now));
        }
        if state != before {
            ledger.save_inbound_state(&state)?;
        }
        Ok(taken)
    }

    fn after(&self) -> After {
        After::Conversation(self.conversation)
    }
}

impl TakeMail {
    fn take(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<MailTaken, StoreError> {
        if ledger.stored_mail(&self.key)?.is_some() {
            return Ok(MailTaken::Known);
        }
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(MailTaken::UnknownChat) };
        let is_other = !self.is_from_lead(ledger, &conversation)?;
        let kind = self.kind(ledger, is_other)?;
        match kind {
            ReceivedKind::Message => {
                let Some(seq) = self.say(ledger, changes, is_other)? else { return Ok(MailTaken::UnknownChat) };
                if let Ok(sender) = Email::parse(&self.received.sender) {
                    // Who writes from there reads there.
                    let noted = ledger.mail_bounces(conversation.lead)?.into_iter().map(|bounce| bounce.email);
                    for email in noted.filter(|email| is_same(email.as_str(), sender.as_str())) {
                        ledger.drop_bounce(conversation.lead, &email)?;
                    }
                }
                ledger.append_mail(&self.stored(kind, is_other, Some(seq)))?;
                return Ok(MailTaken::Message(seq));
            }
            // One line says it for the hour.
            ReceivedKind::TooMany if self.is_said(ledger)? => return Ok(MailTaken::Noted(kind)),
            _ => {}
        }
        if let (ReceivedKind::Bounce, Some(bounce)) = (kind, &self.received.bounce) {
            note_bounce(ledger, &conversation, bounce, self.now)?;
        }
        ledger.append_mail(&self.stored(kind, is_other, None))?;
        changes.push(Notice::Note(conversation.id));
        changes.happened(self.now, Happened::ChatNoted { lead: conversation.lead, conversation: conversation.id });
        Ok(MailTaken::Noted(kind))
    }

    /// Whether the sender's address is one that the conversation knows as its lead's.
    fn is_from_lead(&self, view: &dyn View, conversation: &Conversation) -> Result<bool, StoreError> {
        let (Ok(sender), Some(lead)) = (Email::parse(&self.received.sender), view.lead(conversation.lead)?) else {
            return Ok(false);
        };
        is_known(view, conversation, &view.messages_after(conversation.id, 0)?, (&lead, &sender))
    }

    fn kind(&self, view: &dyn View, is_other: bool) -> Result<ReceivedKind, StoreError> {
        if view.mails_since(self.conversation, self.now - HOUR)? >= MOST_OF_HOUR {
            return Ok(ReceivedKind::TooMany);
        }
        if self.received.kind != ReceivedKind::Message {
            return Ok(self.received.kind);
        }
        if is_other && view.member_by_email(&self.received.sender)?.is_some() {
            return Ok(ReceivedKind::Member);
        }
        let is_empty = self.received.text.text.is_empty() && self.files.is_empty();
        Ok(if is_empty { ReceivedKind::Empty } else { ReceivedKind::Message })
    }

    /// Whether the team reads already that too many mails came within the hour.
    fn is_said(&self, view: &dyn View) -> Result<bool, StoreError> {
        let since = self.now - HOUR;
        let mails = view.mails_of(self.conversation)?;
        Ok(mails.iter().any(|mail| mail.kind == ReceivedKind::TooMany && mail.at > since))
    }

    /// Makes it a message of the lead.
    fn say(&self, ledger: &mut dyn Ledger, changes: &mut Changes, is_other: bool) -> Result<Option<u64>, StoreError> {
        let mut text = self.received.text.clone();
        if is_other {
            // The number of somebody else.
            text.understood.phone = None;
        }
        let message = LeadMessage {
            conversation: self.conversation,
            id: self.id,
            text,
            identified: None,
            files: self.files.clone(),
            channel: MessageChannel::Mail,
            received_at: self.now,
            follow_ups: self.follow_ups,
            identify: self.identify,
            fresh: self.fresh,
            consulted: Consulted::default(),
            usual_wait: None,
            meeting_page: None,
            enriched: None,
        };
        Ok(message.run(ledger, changes)?.map(|(Numbered::New(seq) | Numbered::Known(seq))| seq))
    }

    fn stored(&self, kind: ReceivedKind, is_other: bool, seq: Option<u64>) -> StoredMail {
        let TakenMail { sender, sender_name, subject, text, rest, left_out, bounce, .. } = &self.received;
        // The message has its own text. A report is its reason, not its words about mail servers.
        let text = match (kind, bounce) {
            (ReceivedKind::Message, _) => "",
            (ReceivedKind::Bounce, Some(bounce)) => &bounce.reason,
            _ => &text.text,
        };
        StoredMail {
            key: self.key,
            conversation: self.conversation,
            seq,
            kind,
            at: self.now,
            sender: sender.replace('\0', ""),
            sender_name: sender_name.clone(),
            is_other,
            subject: subject.clone(),
            text: text.replace('\0', ""),
            rest: rest.replace('\0', ""),
            left_out: left_out.clone(),
        }
    }
}
