//! An assignment by a routing rule outside of a chat's own flow: that of a workflow.

use super::assign::name_of;
use super::chat::{ChatFlow, ChatToRoute, RoutingBasis};
use super::lead_action::note_of;
use crate::audited::{Change, Note};
use crate::changes::Changes;
use knock_model::{AuditAction, ConversationId, Millis, SignalId};
use knock_ports::{Ledger, StoreError};
use knock_routing::{Assignee, Funnel, Link, Outcome, Reason, Rule};
use knock_status::chat::RepOwner;
use serde_json::json;

/// Assigns a chat by a rule. Where no member of it is available the owner stays.
#[derive(Clone, Debug)]
pub struct AssignByRule {
    pub conversation: ConversationId,
    /// The rule; it need not be one of the workspace.
    pub rule: Rule,
    /// An id for the decision.
    pub id: SignalId,
    pub now: Millis,
}

/// The outcome of an assignment by a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenByRule {
    Given,
    UnknownChat,
    /// No member of the rule is available.
    NoOneAvailable,
}

impl Change for AssignByRule {
    type Outcome = GivenByRule;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(GivenByRule, Option<Note>), StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else {
            return Ok((GivenByRule::UnknownChat, None));
        };
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
        let previous = flow.derived().fields.rep_owner.clone();
        let mut basis = RoutingBasis::load(ledger, &conversation, self.now)?;
        let none =
            || Link { id: String::new(), funnel: Funnel::Chat, channel: String::new(), rule: None, calendar: None };
        basis.link = Some(Link { rule: Some(self.rule.id.clone()), ..basis.link.take().unwrap_or_else(none) });
        basis.rules.retain(|known| known.id != self.rule.id);
        basis.rules.push(self.rule.clone());
        let chat = ChatToRoute { standing: None, is_again: false, needs_human: false, id: self.id };
        let tried = flow.tried(&basis, &chat)?;
        if tried.outcome != Outcome::Assigned || tried.reason == Reason::LastResortAi {
            return Ok((GivenByRule::NoOneAvailable, None));
        }
        let is_theirs = |to: &Assignee| match (to, &previous) {
            (Assignee::Rep { id }, Some(RepOwner::Rep(rep))) => id == rep,
            (Assignee::AiAgent { .. }, Some(RepOwner::AiAgent)) => true,
            _ => false,
        };
        if tried.assignee.as_ref().is_some_and(is_theirs) && !flow.is_queued() {
            return Ok((GivenByRule::Given, None));
        }
        flow.route(&basis, &chat)?;
        flow.settle();
        let owner = flow.derived().fields.rep_owner.clone();
        flow.apply(ledger, changes)?;
        let [before, after] = [previous, owner].map(|owner| owner.map(|owner| name_of(ledger, &owner)).transpose());
        let (before, after) = (before?.unwrap_or_default(), after?.unwrap_or_default());
        let note = note_of(ledger, AuditAction::ChatAssigned, &conversation)?;
        Ok((GivenByRule::Given, Some(note.changed(json!({"rep_owner": before}), json!({"rep_owner": after})))))
    }
}
