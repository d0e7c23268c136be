//! All rules with their use, and all versions of one.

use crate::present::Presenter;
use knock_model::{Millis, RepId};
use knock_ports::{Link, Member, StoreError};
use knock_wire::{LinkName, RuleList, RuleUse, RuleVersion, RuleVersions};

/// The time for which the leads of a rule are counted.
const BACK: Millis = Millis::days(30);

impl Presenter<'_> {
    /// Returns the newest version of every rule, with its use.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rule_list(&self) -> Result<RuleList, StoreError> {
        let saved = self.view.saved_rules()?;
        let (links, members) = (self.view.links()?, self.view.members()?);
        let leads = self.view.leads_by_rule(self.now - BACK)?;
        let uses = saved.iter().map(|saved| {
            let id = &saved.rule.id;
            let of_rule = links.iter().filter(|link| link.rule.as_ref() == Some(id) && link.archived_at.is_none());
            let used = RuleUse {
                links: of_rule.map(name).collect(),
                leads_30_days: count(leads.get(id)),
                saved_at: saved.saved_at,
                saved_by: who(saved.saved_by, &members),
            };
            (id.clone(), used)
        });
        Ok(RuleList { uses: uses.collect(), rules: saved.into_iter().map(|saved| saved.rule).collect() })
    }

    /// Returns all versions of a rule, newest first; none for an unknown rule.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rule_versions(&self, id: &str) -> Result<RuleVersions, StoreError> {
        let (saved, members) = (self.view.rule_versions(id)?, self.view.members()?);
        let decisions = self.view.decisions_by_version(id)?;
        let deleted_at = saved.first().and_then(|newest| newest.deleted_at);
        let versions = saved.into_iter().map(|saved| RuleVersion {
            decisions: count(decisions.get(&saved.rule.version)),
            saved_at: saved.saved_at,
            saved_by: who(saved.saved_by, &members),
            rule: saved.rule,
        });
        Ok(RuleVersions { versions: versions.collect(), deleted_at })
    }
}

fn name(link: &Link) -> LinkName {
    LinkName { slug: link.slug.clone(), name: link.name.clone() }
}

/// Returns a member's display name; none for a former member.
fn who(id: Option<RepId>, members: &[Member]) -> Option<String> {
    members.iter().find(|member| Some(member.id) == id).map(Member::display_name)
}

fn count(items: Option<&u64>) -> u32 {
    items.map_or(0, |items| u32::try_from(*items).unwrap_or(u32::MAX))
}
