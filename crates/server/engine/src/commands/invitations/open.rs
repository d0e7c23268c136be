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
    Words(Invitation, Message),
}

/// Returns what an invitation opens for a browser; none if it is not valid for it. A conversation without a secret in
/// which there are invitations alone becomes the browser's.
pub(in crate::commands) fn invited(
    ledger: &mut dyn Ledger,
    id: MessageId,
    by: &Opener,
) -> Result<Option<Invited>, StoreError> {
    let is_theirs = |known: &Invitation| (known.site, known.visitor) == (by.site, by.visitor) && known.opens(by.now);
    let Some(invitation) = ledger.invitation(id)?.filter(is_theirs) else { return Ok(None) };
    let conversation = ledger.conversation(invitation.conversation)?;
    let Some(conversation) = conversation.filter(|known| known.lead == by.lead) else { return Ok(None) };
    let messages = ledger.messages_after(conversation.id, 0)?;
    if is_free(ledger, &conversation, &messages)? {
        ledger.bind_secret(conversation.id, by.secret)?;
        return Ok(Some(Invited::Conversation(conversation.id)));
    }
    if conversation.secret == Some(by.secret) {
        return Ok(Some(Invited::Conversation(conversation.id)));
    }
    let own = messages.into_iter().find(|message| message.id == invitation.id);
    Ok(own.filter(|_| !invitation.is_answered).map(|message| Invited::Words(invitation, message)))
}

/// Whether a conversation has no secret, and nothing but invitations: who knows the visitor's id may read those.
fn is_free(view: &dyn View, conversation: &Conversation, messages: &[Message]) -> Result<bool, StoreError> {
    if conversation.secret.is_some() {
        return Ok(false);
    }
    let sent = view.invitations_in(conversation.id)?;
    Ok(messages.iter().all(|message| sent.iter().any(|sent| sent.id == message.id)))
}

/// Says the words of an invitation again in another conversation, to which the invitation moves.
pub(in crate::commands) fn passed_on(
    ledger: &mut dyn Ledger,
    (invitation, message): (&Invitation, &Message),
    thread: &mut Thread,
    (into, id): (ConversationId, MessageId),
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let author = MessageAuthor::Rep(invitation.rep);
    let number = thread.append(Unnumbered::text(id, author, &message.text, message.at));
    let (Numbered::New(seq) | Numbered::Known(seq)) = number;
    ledger.save_answered(into, seq)?;
    ledger.drop_invitation(invitation.id)?;
    ledger.save_invitation(&Invitation { id, conversation: into, seq, ..invitation.clone() })?;
    changes.push(Notice::Invitation(invitation.visitor));
    Ok(())
}
