//! Reps and links as a document of cases gives them.

use knock_routing::{CrmSystem, Funnel, Link, Rep, RepState};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseRep {
    #[serde(default)]
    state: RepState,
    #[serde(default = "yes")]
    calendar: bool,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "routing asks no Slack id")]
    slack: Option<String>,
    #[serde(default)]
    crm: BTreeMap<CrmSystem, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseLink {
    funnel: Funnel,
    #[serde(default)]
    rule: Option<String>,
    #[serde(default)]
    channel: String,
}

const fn yes() -> bool {
    true
}

impl CaseRep {
    pub(super) fn rep(&self, id: &str) -> Rep {
        Rep {
            id: id.to_owned(),
            state: self.state,
            has_calendar: self.calendar,
            email: self.email.clone(),
            crm_ids: self.crm.clone(),
            ..Rep::default()
        }
    }
}

impl CaseLink {
    pub(super) fn link(&self, id: &str) -> Link {
        let (channel, rule) = (self.channel.clone(), self.rule.clone());
        Link { id: id.to_owned(), funnel: self.funnel, channel, rule, calendar: None }
    }
}
