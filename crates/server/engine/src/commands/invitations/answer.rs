//! The first answer of a lead to a member who wrote first: the chat is that member's.

use crate::commands::chat::{ChatFlow, Thread};
use knock_model::{ConversationId, RepId, VisitorId};
use knock_ports::{Invitation, StoreError, View};

/// An answered invitation.
pub(in crate::commands) struct Answered {
    /// The browser that shows it.
    pub(in crate::commands) visitor: VisitorId,
    /// The member to whom the chat goes; none if another one has replied or got it since, or if they left.
    pub(in crate::commands) writer: Option<RepId>,
}

/// Returns the invitation that the new message of a lead, the last one of the thread, answers, if any.
pub(in crate::commands) fn answered(
    view: &dyn View,
    conversation: ConversationId,
    thread: &Thread,
    flow: &ChatFlow,
) -> Result<Option<Answered>, StoreError> {
    let written = thread.earlier_of_lead().map(|message| message.seq).next().unwrap_or_default();
    let last = view.invitations_in(conversation)?.into_iter().next_back();
    let Some(last) = last.filter(|last| last.seq > written) else { return Ok(None) };
    let Invitation { seq, visitor, rep, at, .. } = last;
    let is_here = view.members()?.iter().any(|member| member.id == rep);
    let is_taken = thread.answered_after(seq, rep).is_some() || flow.is_given_to_another_after(at, rep);
    Ok(Some(Answered { visitor, writer: Some(rep).filter(|_| is_here && !is_taken) }))
}
