//! The end of a chat by its visitor: nothing is left to do in it (7.5). Chat Status stays.

use super::record;
use crate::changes::Changes;
use crate::commands::chat::ChatFlow;
use crate::happened::Happened;
use crate::visitor_chat::is_ended;
use crate::writer::{After, Command};
use knock_model::{ConversationId, Millis, SignalId};
use knock_ports::{Ledger, PrefetchHint, StoreError, VisitorAct, VisitorFact};
use knock_status::chat::Event;

/// Ends a chat in the name of its visitor.
#[derive(Clone, Copy, Debug)]
pub struct EndChat {
    pub conversation: ConversationId,
    /// An id for the fact.
    pub id: SignalId,
    pub now: Millis,
}

impl Command for EndChat {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(false) };
        let messages = ledger.messages_after(conversation.id, 0)?;
        if is_ended(&ledger.visitor_facts(conversation.id)?, &messages) {
            return Ok(true);
        }
        let fact = VisitorFact { id: self.id, conversation: conversation.id, at: self.now, what: VisitorAct::Ended };
        record(ledger, &conversation, &fact, changes)?;
        let newest = ledger.conversations_of_lead(conversation.lead)?.into_iter().next();
        if newest.is_none_or(|newest| newest.id != conversation.id) {
            // The team works on a later conversation of the same person.
            return Ok(true);
        }
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
        flow.add(self.id, Event::Done { by: None });
        flow.settle();
        if flow.derived().fields.standing_rep().is_some() {
            // It counts no longer for the capacity of its rep.
            changes.happened(self.now, Happened::TeamChanged);
        }
        flow.apply(ledger, changes)?;
        Ok(true)
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Chat { conversation: self.conversation, signals: [self.id; 2], at: self.now })
    }

    fn after(&self) -> After {
        After::Conversation(self.conversation)
    }
}
