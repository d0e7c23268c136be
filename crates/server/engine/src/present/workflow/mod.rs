//! Workflows as shown: the list, one with the counts of its steps, its versions.

mod dry_run;
mod runs;
mod words;

use super::Presenter;
use knock_model::{RepId, WorkflowId};
use knock_ports::{RunCounts, RunSteps, StoreError, StoredVersion, StoredWorkflow};
use knock_wire::{
    StepCounts, WorkflowCounts, WorkflowDetail, WorkflowList, WorkflowRow, WorkflowVersion, WorkflowVersions,
};
pub use runs::RunPage;
use std::collections::BTreeMap;

impl Presenter<'_> {
    /// Returns all workflows in their order, archived ones last.
    ///
    /// # Errors
    /// When the database fails.
    pub fn workflow_list(&self) -> Result<WorkflowList, StoreError> {
        let (versions, counts) = (self.view.newest_workflow_versions()?, self.view.run_counts()?);
        let rows = self.view.workflows()?.into_iter().filter_map(|workflow| {
            let version = versions.iter().find(|version| version.workflow == workflow.id)?;
            Some(self.workflow_row(workflow, version, counts.get(&workflow.id)))
        });
        Ok(WorkflowList { workflows: rows.collect::<Result<_, _>>()?, settings: self.view.workflow_settings()? })
    }

    /// Returns one workflow with what its steps did; none for an unknown one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn workflow_detail(&self, id: WorkflowId) -> Result<Option<WorkflowDetail>, StoreError> {
        let workflow = self.view.workflows()?.into_iter().find(|workflow| workflow.id == id);
        let version = self.view.newest_workflow_versions()?.into_iter().find(|version| version.workflow == id);
        let (Some(workflow), Some(version)) = (workflow, version) else { return Ok(None) };
        let row = self.workflow_row(workflow, &version, self.view.run_counts()?.get(&id))?;
        Ok(Some(WorkflowDetail { row, draft: version.draft, steps: steps(self.view.run_steps(id)?) }))
    }

    /// Returns all versions of a workflow, newest first; none for an unknown one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn workflow_versions(&self, id: WorkflowId) -> Result<WorkflowVersions, StoreError> {
        let versions = self.view.workflow_versions(id)?.into_iter().map(|(version, active)| {
            let StoredVersion { number, draft, saved_at, saved_by, .. } = version;
            let saved_by = self.saved_by(saved_by)?;
            Ok(WorkflowVersion { version: number, saved_at, saved_by, active, draft })
        });
        Ok(WorkflowVersions { versions: versions.collect::<Result<_, StoreError>>()? })
    }

    fn workflow_row(
        &self,
        workflow: StoredWorkflow,
        version: &StoredVersion,
        counts: Option<&RunCounts>,
    ) -> Result<WorkflowRow, StoreError> {
        let StoredWorkflow { id, state, .. } = workflow;
        Ok(WorkflowRow {
            id,
            name: version.draft.name.clone(),
            state,
            version: version.number,
            saved_at: version.saved_at,
            saved_by: self.saved_by(version.saved_by)?,
            counts: counts.map(shown_counts).unwrap_or_default(),
        })
    }

    /// The name of the member who saved something; none for a former member.
    fn saved_by(&self, member: Option<RepId>) -> Result<Option<String>, StoreError> {
        let name = member.map(|member| self.rep_name(member)).transpose()?;
        Ok(name.filter(|name| !name.is_empty()))
    }
}

fn shown_counts(counts: &RunCounts) -> WorkflowCounts {
    let of = |state: &str| counts.states.get(state).copied().unwrap_or_default();
    WorkflowCounts {
        enrolled: counts.states.values().sum(),
        active: of("active"),
        finished: of("finished"),
        stopped: of("stopped"),
        refused: counts.refused.clone(),
    }
}

fn steps(counted: RunSteps) -> BTreeMap<String, StepCounts> {
    let mut steps: BTreeMap<String, StepCounts> = BTreeMap::new();
    for (step, waiting) in counted.waiting {
        steps.entry(step).or_default().waiting = waiting;
    }
    for ((step, outcome, reason), number) in counted.entries {
        let counts = steps.entry(step).or_default();
        let (by, word) =
            if outcome == "skipped" { (&mut counts.skipped, reason) } else { (&mut counts.outcomes, outcome) };
        *by.entry(word).or_default() += number;
    }
    for (step, nudges) in counted.nudges {
        steps.entry(step).or_default().nudges = Some(nudges);
    }
    steps
}
