//! The transcript of a chat, mailed to its visitor who asks for it.

use super::{Introduction, record};
use crate::changes::Changes;
use crate::commands::mail_budget;
use crate::effects::Letter;
use crate::recipient::mail_to;
use crate::transcript::{TranscriptReader, transcript};
use crate::writer::{After, Command};
use knock_model::{ConversationId, Millis, PersonName, SignalId};
use knock_ports::{
    Ledger, MeetingParty, MessageAuthor, PrefetchHint, StoreError, TranscriptMail, VisitorAct, VisitorFact,
};

/// The time between two transcripts of a chat.
const PAUSE: Millis = Millis(10 * Millis::MINUTE.0);

/// Mails the transcript to the address that the visitor gave in the chat.
#[derive(Clone, Debug)]
pub struct MailOwnTranscript {
    pub conversation: ConversationId,
    /// An id for the fact.
    pub id: SignalId,
    /// The address, if they give one now.
    pub introduction: Option<Introduction>,
    pub now: Millis,
}

/// The outcome of asking for a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnTranscript {
    /// It is mailed to this address.
    To(String),
    UnknownConversation,
    /// Mail is not set up.
    NoMail,
    /// The chat gave no address, or nothing is mailed to it any more.
    NoAddress,
    /// The visitor has written nothing.
    NothingWritten,
    /// The last one was mailed not long ago, or the address got many mails: from this instant on it can be.
    TooSoon(Millis),
}

impl Command for MailOwnTranscript {
    type Outcome = OwnTranscript;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<OwnTranscript, StoreError> {
        let Some(mut conversation) = ledger.conversation(self.conversation)? else {
            return Ok(OwnTranscript::UnknownConversation);
        };
        if !ledger.settings()?.sends_mail {
            return Ok(OwnTranscript::NoMail);
        }
        let messages = ledger.messages_after(conversation.id, 0)?;
        if messages.iter().all(|message| message.author != MessageAuthor::Lead) {
            return Ok(OwnTranscript::NothingWritten);
        }
        let facts = ledger.visitor_facts(conversation.id)?;
        let last = facts.iter().rev().find(|fact| matches!(fact.what, VisitorAct::Transcript { .. }));
        if let Some(last) = last.filter(|last| self.now < last.at + PAUSE) {
            return Ok(OwnTranscript::TooSoon(last.at + PAUSE));
        }
        if let Some(introduction) = &self.introduction {
            conversation = introduction.take(ledger, conversation, self.now, changes)?;
        }
        let Some(to) = mail_to(ledger, &conversation, &messages)? else { return Ok(OwnTranscript::NoAddress) };
        if !mail_budget::is_free(ledger, &to, self.now)? {
            return Ok(OwnTranscript::TooSoon(self.now + PAUSE));
        }
        let data = &TranscriptMail {
            to: to.clone(),
            name: ledger.lead(conversation.lead)?.map(|lead| lead.name).unwrap_or_default(),
            conversation: conversation.id,
            lead: conversation.lead,
            from: MeetingParty { name: PersonName::default(), email: String::new() },
            transcript: transcript(ledger, &conversation, TranscriptReader::Lead)?,
        };
        let (kind, lead, ordering_key) = (TranscriptMail::KIND, Some(conversation.lead), *conversation.lead.as_bytes());
        Letter { kind, data, lead, ordering_key, now: self.now }.enqueue(ledger, changes)?;
        let what = VisitorAct::Transcript { to: to.clone() };
        let fact = VisitorFact { id: self.id, conversation: conversation.id, at: self.now, what };
        record(ledger, &conversation, &fact, changes)?;
        Ok(OwnTranscript::To(to))
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Chat { conversation: self.conversation, signals: [self.id; 2], at: self.now })
    }

    fn after(&self) -> After {
        After::Conversation(self.conversation)
    }
}
