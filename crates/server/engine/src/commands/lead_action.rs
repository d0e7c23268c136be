//! What a rep does with a lead: reject, mark as spam, note a deal; and taking it back.

use super::chat_status::settle;
use crate::notice::Notice;
use crate::writer::Command;
use knock_model::{ConversationId, Millis, SignalId};
use knock_ports::{Ledger, StoreError};
use knock_status::chat::Event;
use knock_status::{Fact, Source};

/// Something a rep did with the lead of a conversation.
#[derive(Clone, Debug)]
pub struct ActOnLead {
    /// Which conversation.
    pub conversation: ConversationId,
    /// An id for the fact.
    pub id: SignalId,
    /// What was done.
    pub what: Event,
    /// The instant now.
    pub now: Millis,
}

impl Command for ActOnLead {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(false) };
        let fact =
            Fact { id: self.id, at: self.now, received_at: self.now, source: Source::Server, what: self.what.clone() };
        ledger.append_chat_fact(conversation.lead, &fact)?;
        settle(ledger, conversation.lead, self.now, notices)?;
        Ok(true)
    }
}
