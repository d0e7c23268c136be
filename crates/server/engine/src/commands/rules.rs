//! Rules are made and edited, and given to links. An edit is a new version.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{Ledger, StoreError};
use knock_routing::Rule;

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

impl Command for SaveRule {
    type Outcome = RuleSaved;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<RuleSaved, StoreError> {
        let before = ledger.rules()?.into_iter().find(|rule| rule.id == self.rule.id);
        let rule = match before {
            None if self.is_new => Rule { version: 1, is_default: false, ..self.rule.clone() },
            None => return Ok(RuleSaved::Unknown),
            Some(before) if before.funnel() != self.rule.funnel() => return Ok(RuleSaved::OtherFunnel),
            Some(before) => {
                let next = Rule { version: before.version, is_default: before.is_default, ..self.rule.clone() };
                if next == before {
                    return Ok(RuleSaved::Saved(before));
                }
                Rule { version: before.version + 1, ..next }
            }
        };
        ledger.append_rule(&rule, self.now)?;
        Ok(RuleSaved::Saved(rule))
    }

    fn after(&self) -> After {
        After::Nothing
    }
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

impl Command for AssignRule {
    /// Whether there is such a link.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let Some(mut link) = ledger.link(&self.slug)? else { return Ok(false) };
        link.rule.clone_from(&self.rule);
        ledger.save_link(&link, self.now)?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
