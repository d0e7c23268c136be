//! The JSON of a case.

use super::fixtures::{CaseLink, CaseRep};
use super::state::{State, named};
use crate::instant;
use crate::refused::Refused;
use knock_model::Millis;
use knock_routing::{Funnel, LeadFields, Link, Rule, Team};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    reps: BTreeMap<String, CaseRep>,
    rules: BTreeMap<String, Rule>,
    #[serde(default)]
    links: BTreeMap<String, CaseLink>,
    pub(super) funnel: Funnel,
    #[serde(default)]
    link: Option<String>,
    #[serde(default)]
    pub(super) lead: LeadFields,
    #[serde(default)]
    state: State,
    #[serde(default, deserialize_with = "instant::read_maybe")]
    pub(super) now: Option<Millis>,
}

impl Case {
    /// The rules, each by its key.
    pub(super) fn rules(&self) -> Vec<Rule> {
        self.rules.iter().map(|(id, rule)| Rule { id: id.clone(), ..rule.clone() }).collect()
    }

    /// The reps as they stand.
    pub(super) fn team(&self) -> Result<Team, Refused> {
        let reps = self.reps.iter().map(|(id, rep)| rep.rep(id)).collect();
        let mut team = Team { reps, ..Team::default() };
        self.state.apply(&mut team)?;
        if let Some(rep) = &self.state.sticky {
            named(&mut team, "state.sticky", rep)?;
        }
        Ok(team)
    }

    /// The link the lead came by.
    pub(super) fn link(&self) -> Result<Option<Link>, Refused> {
        let Some(id) = &self.link else { return Ok(None) };
        let link = self.links.get(id).map(|link| link.link(id));
        link.map(Some)
            .ok_or_else(|| Refused { field: "link".into(), reason: format!("`{id}` is not one of the links") })
    }

    /// The rep of the open conversation.
    pub(super) fn sticky(&self) -> Result<Option<&str>, Refused> {
        match (&self.state.sticky, self.funnel) {
            (Some(_), Funnel::Meeting) => {
                Err(Refused { field: "state.sticky".into(), reason: "only a chat has an open conversation".into() })
            }
            (sticky, _) => Ok(sticky.as_deref()),
        }
    }

    /// The turns before the decision.
    pub(super) const fn last_assigned(&self) -> &BTreeMap<String, u64> {
        &self.state.last_assigned
    }
}
