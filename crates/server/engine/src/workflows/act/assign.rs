//! An assignment of the lead's chat: to a member, to members by turns, to the AI agent, or by a routing rule.

use super::acting::Acting;
use crate::audited::Change;
use crate::changes::Changes;
use crate::commands::{AssignByRule, GivenByRule};
use crate::commands::{AssignChat, ChatGiven};
use crate::writer::Command;
use knock_model::{ConversationId, RepId};
use knock_ports::{Ledger, StoreError};
use knock_routing::{ChatTarget, Condition, CrmAware, Funnel, Plan, Rule, Segment};

/// Whom the step names.
pub(super) struct To<'s> {
    pub(super) rep: Option<RepId>,
    pub(super) pool: &'s [RepId],
    pub(super) agent: bool,
    /// A routing rule of chats, by its id.
    pub(super) rule: Option<&'s str>,
}

pub(super) fn assign(
    ledger: &mut dyn Ledger,
    acting: &Acting,
    to: &To<'_>,
    changes: &mut Changes,
) -> Result<Option<&'static str>, StoreError> {
    let Some(newest) = ledger.conversations_of_lead(acting.lead.id)?.into_iter().next() else {
        return Ok(Some("no_chat"));
    };
    if let Some(id) = to.rule {
        let is_usable = |rule: &Rule| rule.id == id && rule.enabled && rule.funnel() == Funnel::Chat;
        let Some(rule) = ledger.rules()?.into_iter().find(is_usable) else { return Ok(Some("rule_gone")) };
        return by_rule(ledger, acting, (newest.id, rule), changes);
    }
    if !to.pool.is_empty() {
        return by_rule(ledger, acting, (newest.id, rule_of(acting, to.pool)), changes);
    }
    if to.rep.is_none() && !to.agent {
        return Ok(Some("member_gone"));
    }
    let (conversation, to, seen_owner, reason) = (newest.id, to.rep, None, String::new());
    let command = AssignChat { conversation, to, seen_owner, reason, id: acting.fact(), now: acting.now };
    Ok(match command.by(acting.actor(), acting.now).run(ledger, changes)? {
        ChatGiven::Given | ChatGiven::TakenBy(_) => None,
        ChatGiven::UnknownChat => Some("no_chat"),
        ChatGiven::UnknownMember => Some("member_gone"),
    })
}

fn by_rule(
    ledger: &mut dyn Ledger,
    acting: &Acting,
    (conversation, rule): (ConversationId, Rule),
    changes: &mut Changes,
) -> Result<Option<&'static str>, StoreError> {
    let command = AssignByRule { conversation, rule, id: acting.fact(), now: acting.now };
    Ok(match command.by(acting.actor(), acting.now).run(ledger, changes)? {
        GivenByRule::Given => None,
        GivenByRule::UnknownChat => Some("no_chat"),
        GivenByRule::NoOneAvailable => Some("no_one_available"),
    })
}

/// A rule that gives every lead to these members by turns: its decisions, which keep the turns, name the workflow.
fn rule_of(acting: &Acting, pool: &[RepId]) -> Rule {
    let pool = ChatTarget::Pool(pool.iter().map(RepId::to_string).collect());
    let segment = Segment {
        id: acting.effect.step.clone(),
        name: String::new(),
        enabled: true,
        when: Condition::All(Vec::new()),
        target: pool.clone(),
        monitoring_channel: None,
    };
    Rule {
        id: format!("workflow:{}", acting.workflow),
        name: acting.name.clone(),
        version: 1,
        is_default: false,
        enabled: true,
        crm_aware: CrmAware::Off,
        monitoring_channel: None,
        plan: Plan::Chat { segments: vec![segment], fallback: pool },
    }
}
