//! What a rep does with a lead: reject, mark as spam, note a deal; and taking it back.

use super::chat_status::{settle, type_of};
use super::routing::{ChatToRoute, route};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{ConversationId, Millis, SignalId};
use knock_ports::{Conversation, Ledger, StoreError};
use knock_status::chat::{Derived, Event};
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
        let fact =
            Fact { id: self.id, at: self.now, received_at: self.now, source: Source::Server, what: self.what.clone() };
        ledger.append_chat_fact(conversation.lead, &fact)?;
        let derived = settle(ledger, conversation.lead, self.now, notices)?;
        if self.what == Event::SpamReversed && !derived.is_spam {
            self.route(ledger, &conversation, &derived)?;
            settle(ledger, conversation.lead, self.now, notices)?;
        }
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl ActOnLead {
    /// Who was taken for spam was never given to anybody; no spam after all, they are (RR-03).
    fn route(&self, ledger: &mut dyn Ledger, of: &Conversation, derived: &Derived) -> Result<(), StoreError> {
        let facts = ledger.chat_facts(of.lead)?;
        let wrote = facts.iter().any(|fact| matches!(fact.what, Event::LeadMessage { .. }));
        if !wrote || derived.fields.rep_owner.is_some() {
            return Ok(());
        }
        let intent_type = type_of(ledger, of.lead)?;
        let (id, now) = (self.follow_up, self.now);
        route(ledger, &ChatToRoute { conversation: of, intent_type, standing: None, is_again: false, id, now })
    }
}
