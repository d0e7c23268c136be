//! Routing rules: created, edited, deleted, assigned to links. An edit is a new version.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::happened::Happened;
use knock_model::{AuditAction, Millis, RepId};
use knock_ports::{Ledger, StoreError};
use knock_routing::Rule;
use serde_json::{Value, json};

/// Stores a rule as its next version.
#[derive(Clone, Debug)]
pub struct SaveRule {
    /// The rule; the store sets its version and whether it is the default.
    pub rule: Rule,
    /// Whether the rule is new: no rule has its id yet.
    pub is_new: bool,
    /// The version that the caller edited; none skips the check.
    pub from: Option<u32>,
    pub by: Option<RepId>,
    pub now: Millis,
}

/// The outcome of saving a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleSaved {
    /// The current version of the rule.
    Saved(Rule),
    /// There is no rule with this id.
    Unknown,
    /// A rule cannot change its funnel: links rely on it.
    OtherFunnel,
    /// This version was saved in the meantime.
    ChangedMeanwhile(u32),
}

impl Change for SaveRule {
    type Outcome = RuleSaved;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(RuleSaved, Option<Note>), StoreError> {
        let before = ledger.rules()?.into_iter().find(|rule| rule.id == self.rule.id);
        let rule = match &before {
            None if self.is_new => Rule { version: 1, is_default: false, ..self.rule.clone() },
            None => return Ok((RuleSaved::Unknown, None)),
            Some(before) if before.funnel() != self.rule.funnel() => return Ok((RuleSaved::OtherFunnel, None)),
            Some(before) if self.from.is_some_and(|from| from != before.version) => {
                return Ok((RuleSaved::ChangedMeanwhile(before.version), None));
            }
            Some(before) => {
                let next = Rule { version: before.version, is_default: before.is_default, ..self.rule.clone() };
                if next == *before {
                    return Ok((RuleSaved::Saved(next), None));
                }
                Rule { version: before.version + 1, ..next }
            }
        };
        ledger.append_rule(&rule, self.by, self.now)?;
        changes.happened(self.now, Happened::TeamChanged);
        let action = if before.is_some() { AuditAction::RuleChanged } else { AuditAction::RuleCreated };
        let note = Note::new(action, subject("rule", &rule.id, &rule.name))
            .changed(shown(before.as_ref())?, shown(Some(&rule))?);
        Ok((RuleSaved::Saved(rule), Some(note)))
    }
}

/// Deletes a rule that no link uses. Its versions and the decisions made by it stay.
#[derive(Clone, Debug)]
pub struct DeleteRule {
    pub id: String,
    pub now: Millis,
}

/// The outcome of deleting a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleDeleted {
    Deleted,
    /// There is no rule with this id.
    Unknown,
    /// Refused: it is a default rule.
    IsDefault,
    /// These links use the rule, by name.
    InUse(Vec<String>),
}

impl Change for DeleteRule {
    type Outcome = RuleDeleted;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(RuleDeleted, Option<Note>), StoreError> {
        let Some(rule) = ledger.rules()?.into_iter().find(|rule| rule.id == self.id) else {
            return Ok((RuleDeleted::Unknown, None));
        };
        if rule.is_default {
            return Ok((RuleDeleted::IsDefault, None));
        }
        // An archived link can be in use again.
        let links = ledger.links()?.into_iter().filter(|link| link.rule.as_ref() == Some(&self.id));
        let links: Vec<String> = links.map(|link| link.name).collect();
        if !links.is_empty() {
            return Ok((RuleDeleted::InUse(links), None));
        }
        ledger.delete_rule(&self.id, self.now)?;
        changes.happened(self.now, Happened::TeamChanged);
        let note = Note::new(AuditAction::RuleDeleted, subject("rule", &rule.id, &rule.name));
        Ok((RuleDeleted::Deleted, Some(note.changed(shown(Some(&rule))?, json!({})))))
    }
}

/// Returns a rule for the audit log, without its id: this is the subject of the entry.
fn shown(rule: Option<&Rule>) -> Result<Value, StoreError> {
    let shown = rule.map(|rule| serde_json::to_value(rule).map_err(|error| StoreError::Broken(error.to_string())));
    let mut shown = shown.transpose()?.unwrap_or_default();
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("id");
    }
    Ok(shown)
}

/// Assigns a rule to a link, or removes it (RR-24).
#[derive(Clone, Debug)]
pub struct AssignRule {
    /// The link.
    pub slug: String,
    /// The rule's id; none for the default rule.
    pub rule: Option<String>,
    pub now: Millis,
}

impl Change for AssignRule {
    /// Whether there is such a link, and such a rule.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(mut link) = ledger.link(&self.slug)? else { return Ok((false, None)) };
        // The rule existed at the caller's check, and may have been deleted since.
        let is_there = |id: &String| Ok::<_, StoreError>(ledger.rules()?.iter().any(|rule| rule.id == *id));
        if !self.rule.as_ref().map_or(Ok(true), is_there)? {
            return Ok((false, None));
        }
        let before = std::mem::replace(&mut link.rule, self.rule.clone());
        ledger.save_link(&link, self.now)?;
        changes.happened(self.now, Happened::TeamChanged);
        let note = Note::new(AuditAction::LinkRuleChanged, subject("link", &link.slug, &link.name));
        let note = note.changed(json!({"rule": before}), json!({"rule": link.rule}));
        Ok((true, (before != link.rule).then_some(note)))
    }
}
