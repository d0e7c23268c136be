//! Rules are made and edited, and given to links. An edit is a new version.

use crate::audited::{Change, Note, subject};
use crate::notice::Notice;
use knock_model::{AuditAction, Millis};
use knock_ports::{Ledger, StoreError};
use knock_routing::Rule;
use serde_json::{Value, json};

/// Stores a rule as its next version.
#[derive(Clone, Debug)]
pub struct SaveRule {
    /// The rule; its version and whether it is the default are the store's to say.
    pub rule: Rule,
    /// Whether a rule with this id is there already.
    pub is_new: bool,
    /// The instant now.
    pub now: Millis,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleSaved {
    /// The rule as it stands now.
    Saved(Rule),
    /// There is no rule with this id.
    Unknown,
    /// A rule cannot change its funnel: links rely on it.
    OtherFunnel,
}

impl Change for SaveRule {
    type Outcome = RuleSaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(RuleSaved, Option<Note>), StoreError> {
        let before = ledger.rules()?.into_iter().find(|rule| rule.id == self.rule.id);
        let rule = match &before {
            None if self.is_new => Rule { version: 1, is_default: false, ..self.rule.clone() },
            None => return Ok((RuleSaved::Unknown, None)),
            Some(before) if before.funnel() != self.rule.funnel() => return Ok((RuleSaved::OtherFunnel, None)),
            Some(before) => {
                let next = Rule { version: before.version, is_default: before.is_default, ..self.rule.clone() };
                if next == *before {
                    return Ok((RuleSaved::Saved(next), None));
                }
                Rule { version: before.version + 1, ..next }
            }
        };
        ledger.append_rule(&rule, self.now)?;
        let action = if before.is_some() { AuditAction::RuleChanged } else { AuditAction::RuleCreated };
        let note = Note::new(action, subject("rule", &rule.id, &rule.name))
            .changed(shown(before.as_ref())?, shown(Some(&rule))?);
        Ok((RuleSaved::Saved(rule), Some(note)))
    }
}

/// A rule as entries of the audit log show it; its id is their subject.
fn shown(rule: Option<&Rule>) -> Result<Value, StoreError> {
    let shown = rule.map(|rule| serde_json::to_value(rule).map_err(|error| StoreError::Broken(error.to_string())));
    let mut shown = shown.transpose()?.unwrap_or_default();
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("id");
    }
    Ok(shown)
}

/// Gives a link a rule, or takes it away (RR-24).
#[derive(Clone, Debug)]
pub struct AssignRule {
    /// The link.
    pub slug: String,
    /// The rule's id; none for the default rule.
    pub rule: Option<String>,
    /// The instant now.
    pub now: Millis,
}

impl Change for AssignRule {
    /// Whether there is such a link.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(bool, Option<Note>), StoreError> {
        let Some(mut link) = ledger.link(&self.slug)? else { return Ok((false, None)) };
        let before = std::mem::replace(&mut link.rule, self.rule.clone());
        ledger.save_link(&link, self.now)?;
        let note = Note::new(AuditAction::LinkRuleChanged, subject("link", &link.slug, &link.name));
        let note = note.changed(json!({"rule": before}), json!({"rule": link.rule}));
        Ok((true, (before != link.rule).then_some(note)))
    }
}
