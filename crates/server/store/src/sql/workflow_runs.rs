//! Runs of workflows, each with its state and its log.

use super::row::{json, millis, to_json};
use super::table::Conditions;
use super::workflow::workflow_id;
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{LeadId, WorkflowId};
use knock_ports::{Cursor, LeadRun, RunQuery, StoreError};
use knock_workflow::{Entry, Run, RunKey, RunState, Waiting};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub(super) const ACTIVE: &str = "active";
const FINISHED: &str = "finished";
pub(super) const STOPPED: &str = "stopped";

/// The id of the run with the key `?1`, `?2` and `?3`: lead, workflow, number.
pub(super) const RUN_ID: &str = "(SELECT id FROM workflow_runs WHERE lead = ?1 AND workflow = ?2 AND number = ?3)";
const RUN: &str = "SELECT id, lead, workflow, number, version, cause, enrolled_at, enrolled_by, state, stopped_by, \
     step, entered_at, due_at, entered_by FROM workflow_runs";

pub(super) type RunId = [u8; 16];

/// Whether a lead has an active run.
pub(crate) fn active_run_of(lead: LeadId) -> Query {
    let sql = "SELECT 1 FROM workflow_runs WHERE lead = ?1 AND state = 'active' LIMIT 1";
    Query::of("workflow_runs", lead.as_bytes(), sql)
}

impl<C: Connection> Db<C> {
    /// See [`knock_ports::WorkflowView::has_active_run`].
    pub(super) fn is_in_a_run(&self, lead: LeadId) -> Result<bool, StoreError> {
        Ok(self.answer(&active_run_of(lead), |_| Ok(()))?.is_some())
    }

    /// See [`knock_ports::WorkflowLedger::begin_run`].
    pub(super) fn insert_run(&self, lead: LeadId, run: &Run) -> Result<(), StoreError> {
        let beside = "(SELECT COUNT(*) FROM workflow_runs WHERE lead = ?2 AND enrolled_by = ?8)";
        let sql = format!(
            "INSERT INTO workflow_runs (id, lead, workflow, number, version, cause, enrolled_at, enrolled_by, place, \
             state, stopped_by, step, entered_at, due_at, entered_by) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, {beside}, ?9, ?10, ?11, ?12, ?13, ?14)"
        );
        let (workflow, state) = (workflow_id(&run.workflow)?, StateColumns::of(&run.state)?);
        let (id, enrolled_by) = (run_id(lead, run), event_number(run.enrolled_by));
        self.done(
            &sql,
            params![
                &id,
                lead.as_bytes(),
                workflow.as_bytes(),
                run.number,
                run.version,
                &run.cause,
                run.enrolled_at.0,
                enrolled_by,
                state.word,
                state.stopped_by,
                state.step,
                state.entered_at,
                state.due_at,
                state.entered_by,
            ],
        )
    }

    /// See [`knock_ports::WorkflowLedger::save_run_state`].
    pub(super) fn update_run(
        &self,
        lead: LeadId,
        run: &RunKey,
        version: u32,
        state: &RunState,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE workflow_runs SET version = ?4, state = ?5, stopped_by = ?6, step = ?7, entered_at = ?8, \
                   due_at = ?9, entered_by = ?10 WHERE lead = ?1 AND workflow = ?2 AND number = ?3";
        let (workflow, state) = (workflow_id(&run.workflow)?, StateColumns::of(state)?);
        let StateColumns { word, stopped_by, step, entered_at, due_at, entered_by } = state;
        let (lead, workflow) = (lead.as_bytes(), workflow.as_bytes());
        let values =
            params![lead, workflow, run.number, version, word, stopped_by, step, entered_at, due_at, entered_by];
        self.write(Scope::of("workflow_runs", lead), sql, values)
    }

    /// See [`knock_ports::WorkflowLedger::renumber_runs`].
    pub(super) fn number_runs(&self, lead: LeadId, numbers: &[(RunKey, u32)]) -> Result<(), StoreError> {
        let known = "SELECT id FROM workflow_runs WHERE lead = ?1 AND workflow = ?2 AND number = ?3";
        let mut changed = Vec::new();
        for (run, number) in numbers.iter().filter(|(run, number)| run.number != *number) {
            let workflow = workflow_id(&run.workflow)?;
            let of = params![lead.as_bytes(), workflow.as_bytes(), run.number];
            let id = self.one(known, of, |row| row.get::<RunId>(0))?;
            changed.extend(id.map(|id| (id, i64::from(*number))));
        }
        // A number that another run still has is free once all of them have numbers of no run.
        let sql = "UPDATE workflow_runs SET number = ?2 WHERE id = ?1";
        changed.iter().try_for_each(|(id, number)| self.done(sql, params![id, -number]))?;
        changed.iter().try_for_each(|(id, number)| self.done(sql, params![id, *number]))
    }

    /// See [`knock_ports::WorkflowView::runs_of_lead`].
    pub(super) fn all_runs_of(&self, lead: LeadId, with_logs: bool) -> Result<Vec<Run>, StoreError> {
        self.runs_among(lead, "", with_logs)
    }

    /// See [`knock_ports::WorkflowView::newest_runs_of_lead`].
    pub(super) fn newest_runs_of(&self, lead: LeadId) -> Result<Vec<Run>, StoreError> {
        let newest =
            "(SELECT MAX(n.number) FROM workflow_runs n WHERE n.lead = ?1 AND n.workflow = workflow_runs.workflow)";
        self.runs_among(lead, &format!("AND (state = 'active' OR number = {newest})"), false)
    }

    /// The runs of a lead that meet a condition.
    fn runs_among(&self, lead: LeadId, condition: &str, with_logs: bool) -> Result<Vec<Run>, StoreError> {
        let sql = format!("{RUN} WHERE lead = ?1 {condition} ORDER BY enrolled_at, enrolled_by, place, id");
        let runs = self.answers(&Query::of("workflow_runs", lead.as_bytes(), sql), run)?;
        let has_log = with_logs || runs.iter().any(|(_, found)| found.run.is_active());
        let logs = if has_log { self.logs_of(lead, with_logs)? } else { BTreeMap::new() };
        Ok(with_log(runs, logs).map(|found| found.run).collect())
    }

    /// See [`knock_ports::WorkflowView::runs`].
    pub(super) fn page_of_runs(
        &self,
        id: WorkflowId,
        query: RunQuery,
        before: Option<Cursor>,
        limit: u32,
    ) -> Result<Vec<LeadRun>, StoreError> {
        let mut wanted = Conditions::new("workflow = ?1");
        wanted.params.push(id.as_bytes().to_vec().into());
        if let Some(Cursor { at, id }) = before {
            let (at, lead) = (wanted.given(at.0), wanted.given(id.to_vec()));
            wanted.and(&format!("(enrolled_at, lead) < ({at}, {lead})"));
        }
        if let Some(lead) = query.lead {
            let lead = wanted.given(lead.as_bytes().to_vec());
            wanted.and(&format!("lead = {lead}"));
        }
        if let Some(state) = query.state {
            let state = wanted.given(state);
            wanted.and(&format!("state = {state}"));
        }
        let most = wanted.given(limit);
        let sql = format!("{RUN} WHERE {} ORDER BY enrolled_at DESC, lead DESC LIMIT {most}", wanted.sql);
        let runs = self.rows(&sql, &wanted.params, run)?;
        let logs = self.logs_among(&runs.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
        Ok(with_log(runs, logs).collect())
    }
}

fn with_log(runs: Vec<(RunId, LeadRun)>, mut logs: BTreeMap<RunId, Vec<Entry>>) -> impl Iterator<Item = LeadRun> {
    runs.into_iter().map(move |(id, LeadRun { lead, run })| {
        let log = logs.remove(&id).unwrap_or_default();
        LeadRun { lead, run: Run { log, ..run } }
    })
}

/// The id of a new run: the event that begins it enrols the lead once.
fn run_id(lead: LeadId, run: &Run) -> RunId {
    let named = format!("{lead} {} {} {}", run.workflow, run.number, run.cause);
    let mut id = [0; 16];
    id.copy_from_slice(&Sha256::digest(named)[..16]);
    id
}

/// The columns of a state.
struct StateColumns<'s> {
    word: &'static str,
    stopped_by: Option<String>,
    step: Option<&'s str>,
    entered_at: Option<i64>,
    due_at: Option<i64>,
    entered_by: Option<i64>,
}

impl StateColumns<'_> {
    fn of(state: &RunState) -> Result<StateColumns<'_>, StoreError> {
        let ended = |word, stopped_by| StateColumns {
            word,
            stopped_by,
            step: None,
            entered_at: None,
            due_at: None,
            entered_by: None,
        };
        Ok(match state {
            RunState::Active(Waiting { step, entered_at, due_at, after }) => StateColumns {
                word: ACTIVE,
                stopped_by: None,
                step: Some(step),
                entered_at: Some(entered_at.0),
                due_at: Some(due_at.0),
                entered_by: Some(event_number(*after)),
            },
            RunState::Finished => ended(FINISHED, None),
            RunState::Stopped(by) => ended(STOPPED, Some(to_json(by)?)),
        })
    }
}

/// The number of an event as a column.
fn event_number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn run(row: &Row<'_>) -> Result<(RunId, LeadRun), StoreError> {
    let RunKey { workflow, number } = run_key(row, 2)?;
    let run = Run {
        workflow,
        number,
        version: row.get(4)?,
        cause: row.get(5)?,
        enrolled_at: millis(row, 6)?,
        enrolled_by: row.get::<i64>(7)?.unsigned_abs(),
        state: state(row, 8)?,
        log: Vec::new(),
    };
    Ok((row.get(0)?, LeadRun { lead: LeadId::from_bytes(row.get(1)?), run }))
}

/// A state in six columns.
fn state(row: &Row<'_>, at: usize) -> Result<RunState, StoreError> {
    Ok(match row.get::<String>(at)?.as_str() {
        ACTIVE => RunState::Active(Waiting {
            step: row.get(at + 2)?,
            entered_at: millis(row, at + 3)?,
            due_at: millis(row, at + 4)?,
            after: row.get::<i64>(at + 5)?.unsigned_abs(),
        }),
        FINISHED => RunState::Finished,
        STOPPED => RunState::Stopped(json(row, at + 1)?),
        _ => return Err(super::unreadable(at)),
    })
}

/// Workflow and number of a run in two columns.
pub(super) fn run_key(row: &Row<'_>, at: usize) -> Result<RunKey, StoreError> {
    Ok(RunKey { workflow: WorkflowId::from_bytes(row.get(at)?).to_string(), number: row.get(at + 1)? })
}
