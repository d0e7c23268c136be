//! The form of a chat: its answers are details that the lead states.

use super::record;
use crate::changes::Changes;
use crate::commands::arrival::Arrival;
use crate::commands::chat::ChatFlow;
use crate::commands::identify::FreshIds;
use crate::contact_details::Said;
use crate::custom_fields::coerced;
use crate::visitor_chat::form;
use crate::writer::{After, Command};
use knock_model::{
    ConversationId, CustomFieldSource, DetailSource, Email, LeadId, Millis, SignalId, SignalType, Trust,
};
use knock_ports::{Conversation, CustomValue, Detail, Ledger, PrefetchHint, StoreError, VisitorAct, VisitorFact};
use knock_routing::Value;
use knock_status::chat::Event;

/// The prefix of the names of custom fields in a form.
const CUSTOM: &str = "custom.";

/// An address that a lead states in a chat beside their messages.
#[derive(Clone, Debug)]
pub struct Introduction {
    pub email: Email,
    /// An id for the `identify`.
    pub id: SignalId,
    /// Ids for a person and a company not known yet.
    pub fresh: FreshIds,
}

/// Stores the answers of the form of a chat.
#[derive(Clone, Debug)]
pub struct AnswerForm {
    pub conversation: ConversationId,
    /// An id for the fact.
    pub id: SignalId,
    /// The answers by their fields, in the order of the form, without empty ones.
    pub values: Vec<(String, String)>,
    /// The address among them.
    pub introduction: Option<Introduction>,
    /// The text that the visitor agreed to; empty for none.
    pub consent: String,
    pub now: Millis,
}

impl Command for AnswerForm {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(false) };
        let facts = ledger.visitor_facts(conversation.id)?;
        if form(&facts) == Some((&self.values, &self.consent)) {
            // An earlier request said the same.
            return Ok(true);
        }
        let conversation = match &self.introduction {
            Some(introduction) => introduction.take(ledger, conversation, self.now, changes)?,
            None => conversation,
        };
        let of = (self.id, conversation.lead, self.now);
        Said::in_form(&self.values).learn(ledger, of, DetailSource::Message, changes)?;
        self.keep_custom(ledger, conversation.lead)?;
        let what = VisitorAct::Form { values: self.values.clone(), consent: self.consent.clone() };
        let fact = VisitorFact { id: self.id, conversation: conversation.id, at: self.now, what };
        record(ledger, &conversation, &fact, changes)?;
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
        flow.add(self.id, Event::ChatActivity);
        flow.settle();
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

impl AnswerForm {
    /// Stores the answers that are values of custom fields. The team chose the fields of the form, so their sources do not
    /// matter.
    fn keep_custom(&self, ledger: &mut dyn Ledger, lead: LeadId) -> Result<(), StoreError> {
        let defined = ledger.custom_fields()?.fields;
        for (field, answer) in &self.values {
            let Some(name) = field.strip_prefix(CUSTOM) else { continue };
            let Some(known) = defined.iter().find(|known| known.name == name) else { continue };
            let Some(value) = coerced(known.value_type, &Value::text(answer)) else { continue };
            let (id, name, source, at) = (self.id, known.name.clone(), CustomFieldSource::Form, self.now);
            ledger.append_custom_value(&CustomValue { id, name, lead, value: Some(value), source, at })?;
        }
        Ok(())
    }
}

impl Introduction {
    /// Identifies the lead by the address, and lets the conversation be mailed to it. The conversation may belong to a known
    /// person then.
    pub(super) fn take(
        &self,
        ledger: &mut dyn Ledger,
        mut conversation: Conversation,
        now: Millis,
        changes: &mut Changes,
    ) -> Result<Conversation, StoreError> {
        if conversation.identified.as_ref() != Some(&self.email) {
            ledger.set_identified(conversation.id, &self.email)?;
            conversation.identified = Some(self.email.clone());
        }
        let is_known = ledger.lead(conversation.lead)?.is_some_and(|lead| lead.email.as_ref() == Some(&self.email));
        if !is_known {
            // As in a message, the address is accepted as claimed, whatever proof the site requires of its pages.
            let (rule, trust) = ("chat_text".into(), Some(Trust::Claimed));
            let detail = Detail { rule, email: self.email.to_text(), trust, ..Detail::default() };
            let arrival = self.arrival(&conversation, now);
            let signal = arrival.signal(self.id, SignalType::Identify, detail);
            arrival.append(ledger, signal, vec![self.fresh], changes)?;
        }
        Ok(ledger.conversation(conversation.id)?.unwrap_or(conversation))
    }

    /// The browser of a conversation.
    fn arrival(&self, conversation: &Conversation, now: Millis) -> Arrival {
        let Conversation { site, visitor, session, .. } = *conversation;
        let (link, categories, click, fresh) = (conversation.link.clone(), Vec::new(), self.id, self.fresh);
        Arrival { site, link, visitor, session, categories, now, click, fresh }
    }
}
