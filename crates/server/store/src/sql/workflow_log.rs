//! What the steps of runs did: their logs, and the actions that they took.

use super::row::{column, maybe_millis, millis};
use super::table::Conditions;
use super::workflow::workflow_id;
use super::workflow_runs::{RUN_ID, RunId, run_key};
use super::{Connection, Db, Row, Value, params};
use knock_model::{LeadId, Millis};
use knock_ports::StoreError;
use knock_workflow::{Effect, Entry, Outcome, RunKey, SkipReason};
use std::collections::BTreeMap;

const ENTRY: &str = "SELECT run, step, at, outcome, reason, deferred_until FROM workflow_log";

impl<C: Connection> Db<C> {
    /// See [`knock_ports::WorkflowLedger::append_run_entry`].
    pub(super) fn insert_entry(&self, lead: LeadId, run: &RunKey, entry: &Entry) -> Result<(), StoreError> {
        let next = format!("(SELECT COALESCE(MAX(l.number), 0) + 1 FROM workflow_log l WHERE l.run = {RUN_ID})");
        let sql = format!(
            "INSERT INTO workflow_log (run, number, workflow, step, at, outcome, reason, deferred_until) \
             VALUES ({RUN_ID}, {next}, ?2, ?4, ?5, ?6, ?7, ?8)"
        );
        let Entry { step, at, outcome } = entry;
        let until = if let Outcome::Deferred { until } = outcome { Some(until.0) } else { None };
        let (workflow, lead) = (workflow_id(&run.workflow)?, lead.as_bytes());
        let (word, reason) = (outcome.as_str(), outcome.reason().unwrap_or_default());
        let values = params![lead, workflow.as_bytes(), run.number, step, at.0, word, reason, until];
        // Not kept back: until then a merge could give the run another key.
        self.done(&sql, values)
    }

    /// See [`knock_ports::WorkflowLedger::claim_effect`].
    pub(super) fn insert_effect(&self, lead: LeadId, effect: &Effect) -> Result<bool, StoreError> {
        let sql = format!(
            "INSERT INTO workflow_effects (run, step, visit, at, failure) VALUES ({RUN_ID}, ?4, ?5, ?6, '') \
             ON CONFLICT DO NOTHING"
        );
        let Effect { run, step, visit, at, .. } = effect;
        let workflow = workflow_id(&run.workflow)?;
        let values = params![lead.as_bytes(), workflow.as_bytes(), run.number, step, *visit, at.0];
        Ok(self.changed(&sql, values)? == 1)
    }

    /// See [`knock_ports::WorkflowLedger::note_failed_effect`].
    pub(super) fn fail_effect(&self, lead: LeadId, effect: &Effect, reason: &str) -> Result<(), StoreError> {
        let sql = format!("UPDATE workflow_effects SET failure = ?6 WHERE run = {RUN_ID} AND step = ?4 AND visit = ?5");
        let Effect { run, step, visit, .. } = effect;
        let (workflow, lead) = (workflow_id(&run.workflow)?, lead.as_bytes());
        let values = params![lead, workflow.as_bytes(), run.number, step, *visit, reason];
        self.done(&sql, values)
    }

    /// See [`knock_ports::WorkflowView::failed_effects`].
    pub(super) fn failed_effects_of(&self, lead: LeadId) -> Result<Vec<(RunKey, String, u32, String)>, StoreError> {
        let sql = "SELECT r.workflow, r.number, e.step, e.visit, e.failure FROM workflow_runs r \
                   JOIN workflow_effects e ON e.run = r.id WHERE r.lead = ?1 AND e.failure <> '' \
                   ORDER BY e.at, r.number, e.step, e.visit";
        self.rows(sql, params![lead.as_bytes()], |row| Ok((run_key(row, 0)?, row.get(2)?, row.get(3)?, row.get(4)?)))
    }

    /// The logs of the runs of a lead, or of those that are active.
    pub(super) fn logs_of(&self, lead: LeadId, is_of_all: bool) -> Result<BTreeMap<RunId, Vec<Entry>>, StoreError> {
        let only = if is_of_all { "" } else { " AND state = 'active'" };
        let theirs = format!("SELECT id FROM workflow_runs WHERE lead = ?1{only}");
        let sql = format!("{ENTRY} WHERE run IN ({theirs}) ORDER BY run, number");
        self.logs(&sql, params![lead.as_bytes()])
    }

    /// The logs of some runs.
    pub(super) fn logs_among(&self, runs: &[RunId]) -> Result<BTreeMap<RunId, Vec<Entry>>, StoreError> {
        if runs.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut wanted = Conditions::new("");
        let ids = wanted.ids(runs.iter());
        self.logs(&format!("{ENTRY} WHERE run IN ({ids}) ORDER BY run, number"), &wanted.params)
    }

    /// The logs of the runs that meet a condition on `workflow_runs`.
    pub(super) fn logs_where(
        &self,
        condition: &str,
        params: &[Value<'_>],
    ) -> Result<BTreeMap<RunId, Vec<Entry>>, StoreError> {
        let theirs = format!("SELECT id FROM workflow_runs WHERE {condition}");
        self.logs(&format!("{ENTRY} WHERE run IN ({theirs}) ORDER BY run, number"), params)
    }

    fn logs(&self, sql: &str, params: &[Value<'_>]) -> Result<BTreeMap<RunId, Vec<Entry>>, StoreError> {
        let mut logs: BTreeMap<RunId, Vec<Entry>> = BTreeMap::new();
        for (run, entry) in self.rows(sql, params, entry)? {
            logs.entry(run).or_default().push(entry);
        }
        Ok(logs)
    }
}

fn entry(row: &Row<'_>) -> Result<(RunId, Entry), StoreError> {
    let until = maybe_millis(row, 5)?;
    let reason: String = row.get(4)?;
    let outcome = column(row, 3, |word: String| outcome(&word, &reason, until))?;
    Ok((row.get(0)?, Entry { step: row.get(1)?, at: millis(row, 2)?, outcome }))
}

fn outcome(word: &str, reason: &str, until: Option<Millis>) -> Option<Outcome> {
    let plain = [
        Outcome::Waited,
        Outcome::Happened,
        Outcome::TimedOut,
        Outcome::Then,
        Outcome::Else,
        Outcome::Stopped,
        Outcome::Done,
    ];
    let skipped = SkipReason::parse(reason).map(Outcome::Skipped);
    let deferred = until.map(|until| Outcome::Deferred { until });
    plain.into_iter().chain(skipped).chain(deferred).find(|outcome| outcome.as_str() == word)
}
