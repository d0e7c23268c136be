//! A member assigns a chat: to a rep, to themselves, or back to the AI agent.

use super::chat::{ChatFlow, owner};
use super::lead_action::note_of;
use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::happened::{Assigned, Happened};
use knock_model::{AI_AGENT, AuditAction, ConversationId, MemberState, Millis, Permission, RepId, SignalId};
use knock_ports::{Ledger, Member, PrefetchHint, StoreError, View};
use knock_status::chat::{Assignee, Event, RepOwner};
use serde_json::json;

/// Assigns a chat to a rep or to the AI agent.
#[derive(Clone, Debug)]
pub struct AssignChat {
    pub conversation: ConversationId,
    /// The new owner; none is the AI agent.
    pub to: Option<RepId>,
    /// The owner when the member decided: an address, `AI Agent`, or empty for unassigned. None skips this check.
    pub seen_owner: Option<String>,
    /// The reason, as stored in the audit log; may be empty.
    pub reason: String,
    /// An id for the fact: what is assigned under it once is not assigned again.
    pub id: SignalId,
    pub now: Millis,
}

/// The outcome of an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatGiven {
    Given,
    UnknownChat,
    /// No member who answers chats has this id.
    UnknownMember,
    /// The member with this address took the chat in the meantime.
    TakenBy(String),
}

impl Change for AssignChat {
    type Outcome = ChatGiven;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(ChatGiven, Option<Note>), StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else {
            return Ok((ChatGiven::UnknownChat, None));
        };
        let to = match self.to {
            None => Assignee::AiAgent,
            Some(rep) if ledger.member(rep)?.is_some_and(|member| answers_chats(&member)) => {
                Assignee::Rep(rep.to_string())
            }
            Some(_) => return Ok((ChatGiven::UnknownMember, None)),
        };
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
        if flow.has(self.id) {
            // An earlier request did it.
            return Ok((ChatGiven::Given, None));
        }
        let (previous, to_owner) = (flow.derived().fields.rep_owner.clone(), owner(&to));
        // Leaving a waiting lead to the AI agent ends the wait.
        if previous.as_ref() == Some(&to_owner) && !flow.is_queued() {
            return Ok((ChatGiven::Given, None));
        }
        let before = previous.as_ref().map(|owner| name_of(ledger, owner)).transpose()?.unwrap_or_default();
        let is_another = self.seen_owner.as_ref().is_some_and(|seen| *seen != before);
        if is_another && matches!(previous, Some(RepOwner::Rep(_))) {
            return Ok((ChatGiven::TakenBy(before), None));
        }
        flow.add(self.id, Event::Assigned(to));
        flow.settle();
        let (lead, at, to) = (conversation.lead, self.now, to_owner.clone());
        let assigned = Assigned { lead, conversation: Some(conversation.id), at, decision: None, to, previous };
        changes.happened(self.now, Happened::Assigned(Box::new(assigned)));
        flow.apply(ledger, changes)?;
        let after = name_of(ledger, &to_owner)?;
        let note = note_of(ledger, AuditAction::ChatAssigned, &conversation)?;
        let reason = (!self.reason.is_empty()).then_some(&self.reason);
        let note = note.changed(json!({"rep_owner": before}), json!({"rep_owner": after, "reason": reason}));
        Ok((ChatGiven::Given, Some(note)))
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Chat { conversation: self.conversation, signals: [self.id; 2], at: self.now })
    }
}

/// Whether a chat can be assigned to a member: to everybody whom routing may choose, also before they have signed in.
pub fn answers_chats(member: &Member) -> bool {
    member.state != MemberState::Removed && member.role.may(Permission::UseInbox)
}

/// Returns the name of an owner: `AI Agent`, the address of the rep, or the id of an unknown rep.
pub(super) fn name_of(view: &dyn View, owner: &RepOwner) -> Result<String, StoreError> {
    match owner {
        RepOwner::AiAgent => Ok(AI_AGENT.to_owned()),
        RepOwner::Rep(rep) => {
            let member = RepId::parse(rep).ok().map(|id| view.member(id)).transpose()?.flatten();
            Ok(member.map_or_else(|| rep.clone(), |member| member.email))
        }
    }
}
