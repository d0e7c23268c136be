//! A visitor opens the conversation to which a member invited them.

use crate::changes::Changes;
use crate::commands::chat::{Numbered, Thread, Unnumbered};
use crate::notice::Notice;
use knock_model::{ConversationId, LeadId, MessageId, Millis, SiteId, VisitorId};
use knock_ports::{Conversation, Invitation, Ledger, Message, MessageAuthor, SecretHash, StoreError, View};

/// The browser that opens a chat with an invitation.
#[derive(Clone, Copy)]
pub(in crate::commands) struct Opener {
    pub(in crate::commands) site: SiteId,
    pub(in crate::commands) visitor: VisitorId,
    pub(in crate::commands) secret: SecretHash,
    pub(in crate::commands) lead: LeadId,
    pub(in crate::commands) now: Millis,
}

/// What an invitation opens.
pub(in crate::commands) enum Invited {
    /// Its conversation, which is this browser's.
    Conversation(ConversationId),
    /// Another conversation, in which its message is said again: somebody else may have written in its own.
    Words(Box<(Invitation, Message)>),
}

/// Returns what an invitation opens for a browser; none if it is not valid for it.
pub(in crate::commands) fn invited(
    ledger: &mut dyn Ledger,
    id: MessageId,
    by: &Opener,
) -> Result<Option<Invited>, StoreError> {
    let is_theirs = |known: &Invitation| (known.site, known.visitor) == (by.site, by.visitor) && known.opens(by.now);
    let Some(invitation) = ledger.invitation(id)?.filter(is_theirs) else { return Ok(None) };
    let conversation = ledger.conversation(invitation.conversation)?;
    let Some(conversation) = conversation.filter(|known| known.lead == by.lead) else { return Ok(None) };
    opened(ledger, &conversation, invitation, by.secret)
}

/// Returns what a mailed link to a conversation opens where the lead has not answered an invitation yet: another browser
/// that knows the id of the visitor may have opened that before. None for any other conversation.
pub(in crate::commands) fn resumed(
    ledger: &mut dyn Ledger,
    conversation: &Conversation,
    secret: SecretHash,
) -> Result<Option<Invited>, StoreError> {
    let Some(last) = ledger.invitations_in(conversation.id)?.pop() else { return Ok(None) };
    let messages = ledger.messages_after(conversation.id, 0)?;
    if is_unanswered(ledger, conversation, &messages)? { opened(ledger, conversation, last, secret) } else { Ok(None) }
}

/// Whether a mailed link shows a conversation before its browser opens it: not where the lead has not answered an invitation
/// that another browser has opened, which may be somebody else's.
///
/// # Errors
/// When the store fails.
pub fn may_be_read_by_mail(view: &dyn View, conversation: &Conversation) -> Result<bool, StoreError> {
    let messages = view.messages_after(conversation.id, 0)?;
    Ok(conversation.secret.is_none() || !is_unanswered(view, conversation, &messages)?)
}

/// What an invitation opens for a browser with a secret. A conversation that an invitation began, and that no browser has
/// opened, becomes this browser's.
fn opened(
    ledger: &mut dyn Ledger,
    conversation: &Conversation,
    invitation: Invitation,
    secret: SecretHash,
) -> Result<Option<Invited>, StoreError> {
    if conversation.secret == Some(secret) {
        return Ok(Some(Invited::Conversation(conversation.id)));
    }
    let messages = ledger.messages_after(conversation.id, 0)?;
    if conversation.secret.is_none() && is_unanswered(ledger, conversation, &messages)? {
        ledger.bind_secret(conversation.id, secret)?;
        return Ok(Some(Invited::Conversation(conversation.id)));
    }
    let is_answer = |message: &Message| message.author == MessageAuthor::Lead && message.seq > invitation.seq;
    if messages.iter().any(is_answer) {
        return Ok(None);
    }
    let own = messages.into_iter().find(|message| message.id == invitation.id);
    Ok(own.map(|message| Invited::Words(Box::new((invitation, message)))))
}

/// Whether a conversation began with an invitation, and the lead has written nothing in it.
fn is_unanswered(view: &dyn View, of: &Conversation, messages: &[Message]) -> Result<bool, StoreError> {
    let first = view.invitations_in(of.id)?.into_iter().next().map(|first| first.id);
    let is_begun_by_it = first.is_some() && messages.first().map(|message| message.id) == first;
    Ok(is_begun_by_it && messages.iter().all(|message| message.author != MessageAuthor::Lead))
}

/// Says the words of an invitation again in another conversation of a visitor, to which the invitation moves.
pub(in crate::commands) fn passed_on(
    ledger: &mut dyn Ledger,
    (invitation, message): (&Invitation, &Message),
    thread: &mut Thread,
    (into, id, visitor): (ConversationId, MessageId, VisitorId),
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let author = MessageAuthor::Rep(invitation.rep);
    let number = thread.append(Unnumbered::text(id, author, &message.text, message.at));
    let (Numbered::New(seq) | Numbered::Known(seq)) = number;
    ledger.save_answered(into, seq)?;
    ledger.drop_invitation(invitation.id)?;
    ledger.save_invitation(&Invitation { id, conversation: into, seq, visitor, ..invitation.clone() })?;
    changes.push(Notice::Invitation(invitation.visitor));
    Ok(())
}
