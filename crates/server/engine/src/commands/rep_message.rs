//! A rep writes to a lead.

use super::chat_status::settle;
use super::mail::schedule_reply;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{ConversationId, MessageId, Millis, RepId, SignalId};
use knock_ports::{Ledger, Numbered, StoreError, Writer};
use knock_status::chat::Event;
use knock_status::{Fact, Source};

/// A message of a rep.
#[derive(Clone, Debug)]
pub struct RepMessage {
    /// Where.
    pub conversation: ConversationId,
    /// Its id, made by the rep's browser.
    pub id: MessageId,
    /// Who wrote it.
    pub rep: RepId,
    /// What was written.
    pub text: String,
    /// How long it may take to reach the lead's browser before it is mailed; none is never mailed.
    pub mail_after: Option<Millis>,
    /// The instant now.
    pub now: Millis,
}

impl Command for RepMessage {
    /// The message's number; none when there is no such conversation.
    type Outcome = Option<Numbered>;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<Option<Numbered>, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(None) };
        let numbered = ledger.append_message(conversation.id, self.id, Writer::Rep(self.rep), &self.text, self.now)?;
        if let Numbered::New(_) = numbered {
            let fact = Fact {
                id: SignalId::from_bytes(*self.id.as_bytes()),
                at: self.now,
                received_at: self.now,
                source: Source::Server,
                what: Event::RepMessage { rep: self.rep.to_string() },
            };
            ledger.append_chat_fact(conversation.lead, &fact)?;
            settle(ledger, conversation.lead, self.now, notices)?;
            schedule_reply(ledger, &conversation, self.mail_after, self.now, notices)?;
            notices.push(Notice::Message(conversation.id));
        }
        Ok(Some(numbered))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
