//! A person says what a lead wants.

use super::chat::ChatFlow;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_intent::{Question, TypeWhy};
use knock_model::{ConversationId, IntentType, Millis, SignalId};
use knock_ports::{Coming, Ledger, StoreError, TypeDecided};

/// Sets the intent type of the lead of a conversation; no message changes it any more (IF-03).
#[derive(Clone, Copy, Debug)]
pub struct SetType {
    /// Which conversation.
    pub conversation: ConversationId,
    /// An id for the fact.
    pub id: SignalId,
    /// The type.
    pub kind: IntentType,
    /// The instant now.
    pub now: Millis,
}

impl Command for SetType {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(false) };
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
        flow.set_type(TypeDecided {
            id: self.id,
            lead: conversation.lead,
            at: self.now,
            kind: self.kind,
            margin: 0.0,
            why: TypeWhy::SetByRep,
            question: Question::Off,
        });
        flow.settle();
        flow.apply(ledger, notices)?;
        notices.push(Notice::Lead(conversation.lead));
        Ok(true)
    }

    fn coming(&self) -> Option<Coming<'_>> {
        Some(Coming::Chat { conversation: self.conversation, signals: [self.id; 2], at: self.now })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
