//! What the agent asked last, which the next message of the lead may answer.

use super::thread::Thread;
use knock_agent::{Act, Asked, Speaker, Understood};
use knock_model::Email;
use knock_ports::{Conversation, Message, StoreError, View};
use knock_routing::AgentKind;

/// What the agent asked in its last messages, the latest of them first.
pub(crate) fn asked<'m>(
    speaker: &Speaker<'_>,
    last: impl IntoIterator<Item = (&'m str, &'m [String])>,
) -> Option<Asked> {
    last.into_iter().find_map(|(text, choices)| knock_agent::asked(speaker, text, choices))
}

/// The address that the agent asked back and the lead confirms with their last message.
pub(in crate::commands) fn confirmed(
    view: &dyn View,
    thread: &Thread,
    of: &Conversation,
    understood: &Understood,
) -> Result<Option<Email>, StoreError> {
    let has_choices = |message: &Message| !message.choices.is_empty();
    if understood.main() != Some(Act::Yes) || !thread.last_of_agent().any(has_choices) {
        return Ok(None);
    }
    let (playbooks, language) = (view.playbooks(of.site)?, thread.language(of.language));
    let (rep, email, said) = (None, None, &[][..]);
    let speaker = Speaker { playbooks: &playbooks, kind: AgentKind::General, language, rep, email, said };
    Ok(match asked(&speaker, thread.last_asked()) {
        Some(Asked::MeantEmail(email)) => Email::parse(&email).ok(),
        _ => None,
    })
}
