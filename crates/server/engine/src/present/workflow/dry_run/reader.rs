//! Reads histories for one draft.

use super::needs::{Needs, steps_to_lead};
use crate::present::Presenter;
use knock_model::{Millis, WorkflowId};
use knock_ports::StoreError;
use knock_routing::Link;
use knock_workflow::Workflow;
use std::collections::{BTreeMap, BTreeSet};

/// Reads histories for one draft.
pub(super) struct Reader<'r> {
    pub(super) presenter: &'r Presenter<'r>,
    pub(super) workflow: &'r Workflow,
    pub(super) needs: Needs,
    /// The first instant at which it enrols.
    pub(super) from: Millis,
    pub(super) links: BTreeMap<String, Link>,
    /// The workflow that it is a draft of: its own actions would not have been done.
    pub(super) own: Option<WorkflowId>,
    /// The steps of other workflows that reach the lead, by workflow and version.
    pub(super) others: BTreeMap<(String, u32), BTreeSet<String>>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        presenter: &'r Presenter<'r>,
        workflow: &'r Workflow,
        (own, from): (Option<WorkflowId>, Millis),
    ) -> Result<Reader<'r>, StoreError> {
        let view = presenter.view;
        let mut others = BTreeMap::new();
        for id in view.run_counts()?.into_keys().filter(|id| Some(*id) != own) {
            for (version, _) in view.workflow_versions(id)? {
                let steps = steps_to_lead(&version.draft.definition);
                others.insert((id.to_string(), version.number), steps);
            }
        }
        let (needs, links) = (Needs::of(workflow), presenter.channels()?);
        Ok(Reader { presenter, workflow, needs, from, links, own, others })
    }

    /// The instant from which signals are read: windows reach back before the first day.
    pub(super) fn signals_from(&self) -> Millis {
        (self.from - self.needs.window).max(Millis(0))
    }
}
