//! What a rep does with a lead: reject, mark as spam, note a deal; and taking it back.

use super::chat::{ChatFlow, ChatToRoute, RoutingBasis};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{ConversationId, Millis, SignalId};
use knock_ports::{Coming, Ledger, StoreError};
use knock_status::chat::Event;

/// Something a rep did with the lead of a conversation.
#[derive(Clone, Debug)]
pub struct ActOnLead {
    /// Which conversation.
    pub conversation: ConversationId,
    /// An id for the fact.
    pub id: SignalId,
    /// What was done.
    pub what: Event,
    /// An id for an assignment that may follow from it.
    pub follow_up: SignalId,
    /// The instant now.
    pub now: Millis,
}

impl Command for ActOnLead {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(false) };
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
        flow.add(self.id, self.what.clone());
        let derived = flow.settle();
        let (is_spam, is_routed) = (derived.is_spam, derived.fields.rep_owner.is_some());
        // Who was taken for spam was never given to anybody; no spam after all, they are (RR-03).
        if self.what == Event::SpamReversed && !is_spam && !is_routed && flow.lead_messages() > 0 {
            let basis = RoutingBasis::load(ledger, &conversation, self.now)?;
            flow.route(&basis, &ChatToRoute { standing: None, is_again: false, id: self.follow_up })?;
            flow.settle();
        }
        flow.apply(ledger, notices)?;
        Ok(true)
    }

    fn coming(&self) -> Option<Coming<'_>> {
        Some(Coming::Chat { conversation: self.conversation, signals: [self.id; 2], at: self.now })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
