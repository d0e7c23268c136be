//! Messages that the AI agent writes by itself in an open chat: those of workflows.

use super::chat::{ChatFlow, Numbered, Thread, Unnumbered};
use crate::changes::Changes;
use crate::notice::Notice;
use crate::visitor_chat::is_over;
use knock_model::{LeadId, MessageId, Millis, SignalId};
use knock_ports::{Conversation, Ledger, Message, MessageAuthor, StoreError, View};
use knock_status::chat::{ChatStatus, Event};

/// Returns the open chat of a lead with its messages: the newest one, if a browser has it, and it is neither over nor
/// rejected.
pub(crate) fn chat_of(
    view: &dyn View,
    lead: LeadId,
    now: Millis,
) -> Result<Option<(Conversation, Vec<Message>)>, StoreError> {
    let Some(newest) = view.conversations_of_lead(lead)?.into_iter().next() else { return Ok(None) };
    let messages = view.messages_after(newest.id, 0)?;
    let is_read = newest.secret.is_some() || messages.iter().any(|message| message.author == MessageAuthor::Lead);
    if !is_read || is_over(view, &newest, &view.visitor_facts(newest.id)?, &messages)? {
        return Ok(None);
    }
    let mut flow = ChatFlow::load(view, lead, now)?;
    let derived = flow.derived();
    let is_closed = derived.is_spam || matches!(derived.status, Some(ChatStatus::Rejected | ChatStatus::Spam));
    Ok((!is_closed).then_some((newest, messages)))
}

/// Adds a message of the agent to a chat, once under its id.
pub(crate) fn say_as_agent(
    ledger: &mut dyn Ledger,
    conversation: &Conversation,
    (id, text): (MessageId, &str),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut thread = Thread::load(ledger, conversation)?;
    if let Numbered::Known(_) = thread.append(Unnumbered::text(id, MessageAuthor::AiAgent, text, now)) {
        return Ok(());
    }
    thread.apply(ledger, conversation.lead, changes)?;
    let mut flow = ChatFlow::load(ledger, conversation.lead, now)?;
    flow.add(SignalId::from_bytes(*id.as_bytes()), Event::AiMessage);
    flow.settle();
    flow.apply(ledger, changes)?;
    changes.push(Notice::Message(conversation.id));
    Ok(())
}
