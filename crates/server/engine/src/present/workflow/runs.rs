//! Leads in workflows: where each waits, what each step did, and why a lead is not in a workflow.

use super::words::{phrase, stopped};
use crate::present::Presenter;
use knock_model::{LeadId, Millis, RepId, WorkflowId};
use knock_ports::{Cursor, RefusedLead, RunQuery, StoreError, StoredVersion};
use knock_wire::{ContactRef, LeadWorkflow, LeadWorkflows, RunEntry, RunList, RunRow, RunWaits, WorkflowState};
use knock_workflow::{Entry, Failure, Outcome, Run, RunKey, RunState, Waiting, Workflow};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Which runs of a workflow are shown.
#[derive(Clone, Copy, Debug)]
pub struct RunPage {
    pub query: RunQuery,
    pub before: Option<Cursor>,
    pub limit: u32,
}

/// Why actions could not be carried out, by run, step and visit.
type Failed = BTreeMap<(RunKey, String, u32), String>;

/// The versions of workflows that runs are on, by id and number.
type Definitions = BTreeMap<(String, u32), Workflow>;

impl Presenter<'_> {
    /// Returns a page of the runs of a workflow, newest first; none for an unknown one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn workflow_runs(&self, id: WorkflowId, page: RunPage) -> Result<Option<RunList>, StoreError> {
        let versions = self.view.workflow_versions(id)?.into_iter().map(|(version, _)| version);
        let definitions = definitions(versions);
        if definitions.is_empty() {
            return Ok(None);
        }
        let lead = page.query.lead.map(|lead| self.view.merged_into(lead)).transpose()?;
        let query = RunQuery { lead, ..page.query };
        let found = self.view.runs(id, query, page.before, page.limit)?;
        let is_full = usize::try_from(page.limit).is_ok_and(|limit| found.len() >= limit);
        let last = found.last().filter(|_| is_full);
        let next = last.map(|last| Cursor { at: last.run.enrolled_at, id: *last.lead.as_bytes() }.to_text());
        let mut runs = Vec::new();
        for found in found {
            let Some(contact) = self.contact_ref_of(found.lead)? else { continue };
            runs.push(self.run_row(contact, found.run, &definitions, &self.failed(found.lead)?)?);
        }
        Ok(Some(RunList { runs, next }))
    }

    /// Returns each workflow with the runs of a lead, or the last reason for which it did not enrol them; none for an
    /// unknown lead.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lead_workflows(&self, lead: LeadId) -> Result<Option<LeadWorkflows>, StoreError> {
        let lead = self.view.merged_into(lead)?;
        let Some(contact) = self.contact_ref_of(lead)? else { return Ok(None) };
        let newest = self.view.newest_workflow_versions()?;
        let (runs, refusals, failed) =
            (self.view.runs_of_lead(lead, true)?, self.view.refusals_of(lead)?, self.failed(lead)?);
        let mut workflows = Vec::new();
        for workflow in self.view.workflows()? {
            let Some(version) = newest.iter().find(|version| version.workflow == workflow.id) else { continue };
            let id = workflow.id.to_string();
            let own = self.own_runs(&contact, (workflow.id, version), &runs, &failed)?;
            let refused =
                refusals.iter().filter(|refused| refused.workflow == id).max_by_key(|refused| refused.last_at);
            if own.is_empty() && refused.is_none() && workflow.state != WorkflowState::On {
                continue;
            }
            workflows.push(LeadWorkflow {
                id: workflow.id,
                name: version.draft.name.clone(),
                runs: own,
                refused: refused.map(|refused| refused.reason.as_str().to_owned()).unwrap_or_default(),
                refused_at: refused.map(|refused: &RefusedLead| refused.last_at),
            });
        }
        // The order of the workflows stays within each group.
        workflows.sort_by_key(|workflow| Reverse((!workflow.runs.is_empty(), workflow.refused_at.is_some())));
        Ok(Some(LeadWorkflows { workflows }))
    }

    /// The runs of a lead through one workflow, newest first.
    fn own_runs(
        &self,
        contact: &ContactRef,
        (id, newest): (WorkflowId, &StoredVersion),
        runs: &[Run],
        failed: &Failed,
    ) -> Result<Vec<RunRow>, StoreError> {
        let word = id.to_string();
        let own: Vec<&Run> = runs.iter().filter(|run| run.workflow == word).collect();
        let definitions = if own.iter().all(|run| run.version == newest.number) {
            definitions([newest.clone()])
        } else {
            definitions(self.view.workflow_versions(id)?.into_iter().map(|(version, _)| version))
        };
        let rows = own.into_iter().rev().map(|run| self.run_row(contact.clone(), run.clone(), &definitions, failed));
        rows.collect()
    }

    /// A run as it is shown.
    fn run_row(
        &self,
        contact: ContactRef,
        run: Run,
        definitions: &Definitions,
        failed: &Failed,
    ) -> Result<RunRow, StoreError> {
        let definition = definitions.get(&(run.workflow.clone(), run.version));
        let waits = run.waiting().map(|waiting| waits(waiting, definition));
        let (state, by) = match &run.state {
            RunState::Active(_) => ("active", String::new()),
            RunState::Finished => ("finished", String::new()),
            RunState::Stopped(by) => {
                let member = match by {
                    knock_workflow::StoppedBy::Member(id) => self.stopper(id)?,
                    _ => String::new(),
                };
                ("stopped", stopped(by, definition, |_| member))
            }
        };
        Ok(RunRow {
            contact,
            number: run.number,
            version: run.version,
            cause: definition.map(|definition| phrase(&definition.trigger)).unwrap_or_default(),
            enrolled_at: run.enrolled_at,
            state: state.to_owned(),
            by,
            waits,
            log: entries(&run, definition, failed),
        })
    }

    /// The member who stopped a run; an API key has no name here.
    fn stopper(&self, id: &str) -> Result<String, StoreError> {
        let name = RepId::parse(id).ok().map(|member| self.rep_name(member)).transpose()?.unwrap_or_default();
        Ok(if name.is_empty() { "by hand".to_owned() } else { format!("by {name}") })
    }

    fn failed(&self, lead: LeadId) -> Result<Failed, StoreError> {
        let failed = self.view.failed_effects(lead)?.into_iter();
        let failed = failed.map(|(run, step, visit, reason)| ((run, step, visit), reason));
        let nudges = self.view.nudges_of(lead)?.into_iter();
        let unseen = nudges.filter(|nudge| nudge.withdrawn_at.is_some() && nudge.shown_at.is_none());
        let unseen = unseen.map(|nudge| ((nudge.run, nudge.step, nudge.visit), Failure::NotShown.as_str().to_owned()));
        Ok(failed.chain(unseen).collect())
    }
}

/// A run of a dry run as it is shown.
pub(super) fn would_be(contact: ContactRef, run: &Run, workflow: &Workflow) -> RunRow {
    let (state, by) = match &run.state {
        RunState::Active(_) => ("active", String::new()),
        RunState::Finished => ("finished", String::new()),
        RunState::Stopped(by) => ("stopped", stopped(by, Some(workflow), str::to_owned)),
    };
    RunRow {
        contact,
        number: run.number,
        version: run.version,
        cause: phrase(&workflow.trigger),
        enrolled_at: run.enrolled_at,
        state: state.to_owned(),
        by,
        waits: run.waiting().map(|waiting| waits(waiting, Some(workflow))),
        log: entries(run, Some(workflow), &Failed::new()),
    }
}

fn definitions(versions: impl IntoIterator<Item = StoredVersion>) -> Definitions {
    let keyed = versions.into_iter();
    keyed.map(|version| ((version.workflow.to_string(), version.number), version.draft.definition)).collect()
}

fn waits(Waiting { step, due_at, .. }: &Waiting, of: Option<&Workflow>) -> RunWaits {
    RunWaits { step: step.clone(), kind: kind_of(step, of), until: *due_at }
}

/// The kind of a step; empty where its version is gone.
fn kind_of(step: &str, of: Option<&Workflow>) -> String {
    let steps = of.map(Workflow::all_steps).unwrap_or_default();
    steps.iter().find(|(_, one)| one.id == step).map(|(_, one)| one.kind.as_str().to_owned()).unwrap_or_default()
}

/// The log of a run, with the reasons of actions that could not be carried out.
fn entries(run: &Run, of: Option<&Workflow>, failed: &Failed) -> Vec<RunEntry> {
    let mut visits: BTreeMap<&str, u32> = BTreeMap::new();
    let mut shown = Vec::new();
    for Entry { step, at, outcome } in &run.log {
        let mut reason = outcome.reason().unwrap_or_default().to_owned();
        if let Outcome::Done | Outcome::Skipped(_) = outcome {
            let visit = visits.entry(step).or_default();
            *visit += 1;
            if let Some(why) = failed.get(&(run.key(), step.clone(), *visit)) {
                reason.clone_from(why);
            }
        }
        let until = deferred_until(*outcome);
        let (kind, outcome) = (kind_of(step, of), outcome.as_str().to_owned());
        shown.push(RunEntry { step: step.clone(), kind, at: *at, outcome, reason, until });
    }
    shown
}

const fn deferred_until(outcome: Outcome) -> Option<Millis> {
    match outcome {
        Outcome::Deferred { until } => Some(until),
        Outcome::Waited
        | Outcome::Happened
        | Outcome::TimedOut
        | Outcome::Then
        | Outcome::Else
        | Outcome::Stopped
        | Outcome::Done
        | Outcome::Skipped(_) => None,
    }
}
