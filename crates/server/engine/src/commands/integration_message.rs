//! Messages of integrations to leads: of the team for the lead, and no reply of a rep for the status.

use super::chat::{Numbered, Thread, Unnumbered};
use super::rep_message::RepWrote;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{ConversationId, IntegrationId, MessageId, Millis, SignalId};
use knock_ports::{Ledger, MessageAuthor, PrefetchHint, StoreError};

/// A message of an integration. It adds no fact to the chat: the lead waits for a rep as before, and status, owner,
/// response time and the AI agent are as without it.
#[derive(Clone, Debug)]
pub struct IntegrationMessage {
    pub conversation: ConversationId,
    /// Its id, made by the sender.
    pub id: MessageId,
    /// The author.
    pub integration: IntegrationId,
    pub text: String,
    /// The time for it to reach the lead's browser before it is mailed; without it, it is never mailed.
    pub mail_after: Option<Millis>,
    pub now: Millis,
}

impl Command for IntegrationMessage {
    /// The same as of a rep's message.
    type Outcome = RepWrote;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<RepWrote, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(RepWrote::Numbered(None)) };
        let mut thread = Thread::load(ledger, &conversation)?;
        if thread.is_out_of_reach(ledger, &conversation, self.id)? {
            return Ok(RepWrote::OutOfReach);
        }
        let author = MessageAuthor::Integration(self.integration);
        let numbered = thread.append(Unnumbered::text(self.id, author, &self.text, self.now));
        if let Numbered::New(_) = numbered {
            let (lead, conversation_id) = (conversation.lead, conversation.id);
            thread.apply(ledger, lead, changes)?;
            changes.push(Notice::Message(conversation_id));
            // As a note, it changes what is shown of the chat and nothing else.
            changes.happened(self.now, Happened::ChatNoted { lead, conversation: conversation_id });
            let (conversation, mail_after) = (Box::new(conversation), self.mail_after);
            changes.happened(self.now, Happened::RepReplied { conversation, mail_after });
        }
        Ok(RepWrote::Numbered(Some(numbered)))
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        let signal = SignalId::from_bytes(*self.id.as_bytes());
        Some(PrefetchHint::Chat { conversation: self.conversation, signals: [signal; 2], at: self.now })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
