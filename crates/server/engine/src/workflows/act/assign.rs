//! An assignment of the lead's chat: to a member, to members by turns, to the AI agent, or by a routing rule.
//!
//! Each is a decision of routing, so that turns, absences and notifications are as usual: one that no rule of the workspace
//! made names the workflow.

use super::acting::Acting;
use crate::audited::Change;
use crate::changes::Changes;
use crate::commands::{AssignByRule, GivenByRule, answers_chats};
use crate::writer::Command;
use knock_model::RepId;
use knock_ports::{Ledger, StoreError};
use knock_routing::{AgentChoice, ChatTarget, Condition, CrmAware, Funnel, Plan, Rule, Segment};
use knock_workflow::Failure;

/// What the step names.
pub(super) struct To<'s> {
    pub(super) rep: Option<RepId>,
    pub(super) pool: &'s [RepId],
    pub(super) agent: bool,
    /// A routing rule of chats, by its id.
    pub(super) rule: Option<&'s str>,
}

pub(super) fn assign(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    to: &To<'_>,
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    let Some(newest) = ledger.conversations_of_lead(acting.lead.id)?.into_iter().next() else {
        return Ok(Some(Failure::NoOpenChat));
    };
    let rule = match rule_of(ledger, acting, to)? {
        Ok(rule) => rule,
        Err(reason) => return Ok(Some(reason)),
    };
    let command = AssignByRule { conversation: newest.id, rule, id: acting.fact(), now: acting.now };
    Ok(match command.by(acting.actor(), acting.now).run(ledger, changes)? {
        GivenByRule::Given => None,
        GivenByRule::UnknownChat => Some(Failure::NoOpenChat),
        GivenByRule::NoOneAvailable => Some(Failure::NobodyFree),
    })
}

/// The rule that decides, or why none can.
fn rule_of(ledger: &dyn Ledger, acting: &Acting<'_>, to: &To<'_>) -> Result<Result<Rule, Failure>, StoreError> {
    if let Some(id) = to.rule {
        let is_usable = |rule: &Rule| rule.id == id && rule.enabled && rule.funnel() == Funnel::Chat;
        return Ok(ledger.rules()?.into_iter().find(is_usable).ok_or(Failure::RuleGone));
    }
    let target = match to.rep {
        Some(rep) if ledger.member(rep)?.is_some_and(|member| answers_chats(&member)) => {
            ChatTarget::Rep(rep.to_string())
        }
        None if !to.pool.is_empty() => ChatTarget::Pool(to.pool.iter().map(RepId::to_string).collect()),
        None if to.agent => ChatTarget::AiAgent(AgentChoice::Auto),
        Some(_) | None => return Ok(Err(Failure::MemberGone)),
    };
    Ok(Ok(own_rule(acting, target)))
}

/// A rule that gives every lead to this target, with the name of the workflow.
fn own_rule(acting: &Acting<'_>, target: ChatTarget) -> Rule {
    let segment = Segment {
        id: acting.effect.step.clone(),
        name: String::new(),
        enabled: true,
        when: Condition::All(Vec::new()),
        target: target.clone(),
        monitoring_channel: None,
    };
    Rule {
        id: format!("workflow:{}", acting.workflow),
        name: acting.name.to_owned(),
        version: 1,
        is_default: false,
        enabled: true,
        crm_aware: CrmAware::Off,
        monitoring_channel: None,
        plan: Plan::Chat { segments: vec![segment], fallback: target },
    }
}
