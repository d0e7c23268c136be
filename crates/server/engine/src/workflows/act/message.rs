//! A message of the AI agent in the open chat of the lead.

use super::acting::Acting;
use super::placeholders::Values;
use crate::changes::Changes;
use crate::commands::{chat_of, say_as_agent};
use crate::language::{chosen, language_of_chat};
use knock_ports::{Ledger, StoreError};
use knock_wire::Texts;
use knock_workflow::Failure;

pub(super) fn say(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    texts: &Texts,
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    let Some((conversation, messages)) = chat_of(ledger, acting.lead.id, acting.now)? else {
        return Ok(Some(Failure::NoOpenChat));
    };
    let language = language_of_chat(&messages, conversation.language);
    let Some((_, text)) = chosen(texts, language) else { return Ok(Some(Failure::NoText)) };
    let text = Values::load(ledger, acting, [text])?.fill(text);
    say_as_agent(ledger, &conversation, (acting.message(), &text), acting.now, changes)?;
    Ok(None)
}
