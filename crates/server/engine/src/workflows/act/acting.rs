//! An action with what all kinds need of it: the lead, the workflow, and ids that are the same however often it is tried.

use crate::workflow_index::StepAction;
use knock_model::{LeadId, MemberState, MessageId, Millis, RepId, SignalId, WorkflowId};
use knock_ports::{Actor, Lead, Member, StoreError, View};
use knock_status::chat::RepOwner;
use knock_workflow::Effect;
use sha2::{Digest, Sha256};

/// An action of a step for a lead.
pub(super) struct Acting<'a> {
    pub(super) lead: Lead,
    pub(super) effect: &'a Effect,
    /// The event that began the run.
    cause: &'a str,
    pub(super) workflow: WorkflowId,
    /// The name of the workflow in the version that the run is on.
    pub(super) name: &'a str,
    /// How much later than this action what it shows may reach the lead.
    pub(super) expires: Millis,
    pub(super) now: Millis,
}

impl<'a> Acting<'a> {
    /// None for a lead who is erased or marked as spam.
    pub(super) fn load(
        view: &dyn View,
        lead: LeadId,
        (effect, cause, action): (&'a Effect, &'a str, StepAction<'a>),
        now: Millis,
    ) -> Result<Option<Acting<'a>>, StoreError> {
        let Some(lead) = view.lead(lead)?.filter(|lead| !lead.is_spam) else { return Ok(None) };
        let Ok(workflow) = WorkflowId::parse(&effect.run.workflow) else { return Ok(None) };
        let StepAction { expires, name, .. } = action;
        Ok(Some(Acting { lead, effect, cause, workflow, name, expires, now }))
    }

    /// The workflow as the author of changes.
    pub(super) fn actor(&self) -> Actor {
        Actor::Workflow { id: self.workflow, name: self.name.to_owned() }
    }

    /// Sixteen bytes that no other action has: a merge of leads can give the number of a run to another one, so its cause
    /// is part of them.
    pub(super) fn id(&self) -> [u8; 16] {
        let Effect { run, step, visit, .. } = self.effect;
        let mut hash = Sha256::new();
        hash.update(self.lead.id.as_bytes());
        for part in [run.workflow.as_str(), step.as_str(), self.cause] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        hash.update(run.number.to_be_bytes());
        hash.update(visit.to_be_bytes());
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        short
    }

    /// The same as the id of a fact of this instant.
    pub(super) fn fact(&self) -> SignalId {
        SignalId::new(self.effect.at, &self.ten())
    }

    /// The same as the id of a message.
    pub(super) fn message(&self) -> MessageId {
        MessageId::new(self.effect.at, &self.ten())
    }

    fn ten(&self) -> [u8; 10] {
        let mut ten = [0; 10];
        ten.copy_from_slice(&self.id()[..10]);
        ten
    }

    /// The member who has the lead: the owner of the chat, else of the last meeting.
    pub(super) fn owner(&self, view: &dyn View) -> Result<Option<Member>, StoreError> {
        let of_chat = match view.chat_summary(self.lead.id)?.and_then(|summary| summary.owner) {
            Some(RepOwner::Rep(rep)) => RepId::parse(&rep).ok(),
            Some(RepOwner::AiAgent) | None => None,
        };
        let owner = match of_chat {
            Some(rep) => Some(rep),
            None => view.meetings_of_lead(self.lead.id)?.iter().max_by_key(|last| last.start).map(|last| last.owner),
        };
        let member = owner.map(|rep| view.member(rep)).transpose()?.flatten();
        Ok(member.filter(is_here))
    }
}

/// Whether a member is in the team.
pub(super) fn is_here(member: &Member) -> bool {
    member.state != MemberState::Removed
}
