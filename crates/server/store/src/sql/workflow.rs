//! Workflows and their versions, and what is known of a lead between events.

use super::row::{column, json, millis, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{Category, LeadId, Millis, NudgeId, RepId, SiteId, VisitorId, WorkflowId};
use knock_ports::{
    Cursor, LeadRun, Nudge, RefusedLead, RunCounts, RunQuery, RunSteps, StoreError, StoredVersion, StoredWorkflow,
    WorkflowLedger, WorkflowView,
};
use knock_wire::{WorkflowSettings, WorkflowState};
use knock_workflow::{Effect, Entry, Lead, Refusal, Run, RunKey, RunState, Signal};
use std::collections::BTreeMap;

const WORKFLOW: &str = "SELECT id, place, state, version FROM workflows";
const VERSION: &str = "workflow, number, draft, saved_at, saved_by";

impl<C: Connection> WorkflowLedger for Db<C> {
    fn save_workflow(&mut self, workflow: &StoredWorkflow, now: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO workflows (id, place, state, version, saved_at) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (id) DO UPDATE SET place = excluded.place, state = excluded.state, \
                   version = excluded.version, saved_at = excluded.saved_at";
        let StoredWorkflow { id, position, state, version } = workflow;
        let values = params![id.as_bytes(), *position, word(*state), *version, now.0];
        self.write(Scope::table("workflows"), sql, values)
    }

    fn append_workflow_version(&mut self, version: &StoredVersion) -> Result<(), StoreError> {
        let StoredVersion { workflow, number, draft, saved_at, saved_by } = version;
        let (draft, by) = (to_json(draft)?, saved_by.as_ref().map(RepId::as_bytes));
        let sql = format!("INSERT INTO workflow_versions ({VERSION}) VALUES (?1, ?2, ?3, ?4, ?5)");
        let values = params![workflow.as_bytes(), *number, &draft, saved_at.0, by];
        self.write(Scope::table("workflow_versions"), &sql, values)
    }

    fn save_workflow_settings(&mut self, settings: &WorkflowSettings) -> Result<(), StoreError> {
        let sql = "INSERT INTO workflow_settings (id, body) VALUES (1, ?1) \
                   ON CONFLICT (id) DO UPDATE SET body = excluded.body";
        self.write(Scope::table("workflow_settings"), sql, params![&to_json(settings)?])
    }

    fn save_workflow_lead(&mut self, lead: LeadId, known: &Lead) -> Result<(), StoreError> {
        let body = to_json(&Lead { signals: Vec::new(), ..known.clone() })?;
        let sql = "INSERT INTO workflow_known (lead, body) VALUES (?1, ?2) \
                   ON CONFLICT (lead) DO UPDATE SET body = excluded.body";
        self.write(Scope::of("workflow_known", lead.as_bytes()), sql, params![lead.as_bytes(), &body])
    }

    fn begin_run(&mut self, lead: LeadId, run: &Run) -> Result<(), StoreError> {
        self.insert_run(lead, run)
    }

    fn save_run_state(&mut self, lead: LeadId, run: &RunKey, version: u32, state: &RunState) -> Result<(), StoreError> {
        self.update_run(lead, run, version, state)
    }

    fn renumber_runs(&mut self, lead: LeadId, numbers: &[(RunKey, u32)]) -> Result<(), StoreError> {
        self.number_runs(lead, numbers)
    }

    fn append_run_entry(&mut self, lead: LeadId, run: &RunKey, entry: &Entry) -> Result<(), StoreError> {
        self.insert_entry(lead, run, entry)
    }

    fn note_refusal(&mut self, lead: LeadId, refusal: &Refusal) -> Result<(), StoreError> {
        self.count_refusal(lead, refusal)
    }

    fn claim_effect(&mut self, lead: LeadId, effect: &Effect) -> Result<bool, StoreError> {
        self.insert_effect(lead, effect)
    }

    fn note_failed_effect(&mut self, lead: LeadId, effect: &Effect, reason: &str) -> Result<(), StoreError> {
        self.fail_effect(lead, effect, reason)
    }

    fn save_nudge(&mut self, nudge: &Nudge) -> Result<(), StoreError> {
        self.store_nudge(nudge)
    }

    fn stop_workflow_mail(&mut self, lead: LeadId, at: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO workflow_mail_stops (lead, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.write(Scope::of("workflow_mail_stops", lead.as_bytes()), sql, params![lead.as_bytes(), at.0])
    }

    fn allow_workflow_mail(&mut self, lead: LeadId) -> Result<(), StoreError> {
        let sql = "DELETE FROM workflow_mail_stops WHERE lead = ?1";
        self.write(Scope::of("workflow_mail_stops", lead.as_bytes()), sql, params![lead.as_bytes()])
    }
}

impl<C: Connection> WorkflowView for Db<C> {
    fn workflows(&self) -> Result<Vec<StoredWorkflow>, StoreError> {
        let last = "CASE WHEN state = 'archived' THEN 1 ELSE 0 END";
        self.answers(&Query::table("workflows", format!("{WORKFLOW} ORDER BY {last}, place, id")), workflow)
    }

    fn newest_workflow_versions(&self) -> Result<Vec<StoredVersion>, StoreError> {
        let ranked = "ROW_NUMBER() OVER (PARTITION BY workflow ORDER BY number DESC) AS newest";
        let sql = format!(
            "SELECT {VERSION} FROM (SELECT {VERSION}, {ranked} FROM workflow_versions) v \
             WHERE newest = 1 ORDER BY workflow"
        );
        self.answers(&Query::table("workflow_versions", sql), version)
    }

    fn workflow_versions_in_use(&self) -> Result<Vec<StoredVersion>, StoreError> {
        let used = "SELECT DISTINCT workflow, version FROM workflow_runs WHERE state = 'active'";
        let newer = "SELECT 1 FROM workflow_versions n WHERE n.workflow = v.workflow AND n.number > v.number";
        let sql = format!(
            "SELECT {VERSION} FROM workflow_versions v WHERE (workflow, number) IN ({used}) AND EXISTS ({newer}) \
             ORDER BY workflow, number"
        );
        self.rows(&sql, &[], version)
    }

    fn workflow_versions(&self, id: WorkflowId) -> Result<Vec<(StoredVersion, u64)>, StoreError> {
        let inside = "SELECT COUNT(*) FROM workflow_runs r WHERE r.workflow = v.workflow AND r.version = v.number \
                      AND r.state = 'active'";
        let sql =
            format!("SELECT {VERSION}, ({inside}) FROM workflow_versions v WHERE workflow = ?1 ORDER BY number DESC");
        self.rows(&sql, params![id.as_bytes()], |row| Ok((version(row)?, row.get::<i64>(5)?.unsigned_abs())))
    }

    fn workflow_settings(&self) -> Result<WorkflowSettings, StoreError> {
        let query = Query::table("workflow_settings", "SELECT body FROM workflow_settings WHERE id = 1");
        Ok(self.answer(&query, |row| json(row, 0))?.unwrap_or_default())
    }

    fn workflow_lead(&self, lead: LeadId) -> Result<Option<Lead>, StoreError> {
        let sql = "SELECT body FROM workflow_known WHERE lead = ?1";
        self.answer(&Query::of("workflow_known", lead.as_bytes(), sql), |row| json(row, 0))
    }

    fn has_active_run(&self, lead: LeadId) -> Result<bool, StoreError> {
        self.is_in_a_run(lead)
    }

    fn newest_runs_of_lead(&self, lead: LeadId) -> Result<Vec<Run>, StoreError> {
        self.newest_runs_of(lead)
    }

    fn runs_of_lead(&self, lead: LeadId, with_logs: bool) -> Result<Vec<Run>, StoreError> {
        self.all_runs_of(lead, with_logs)
    }

    fn workflow_signals(&self, lead: LeadId, from: Millis) -> Result<Vec<Signal>, StoreError> {
        self.signals_as_events(lead, from)
    }

    fn workflow_signals_of_browser(
        &self,
        site: SiteId,
        visitor: VisitorId,
        from: Millis,
        categories: &[Category],
    ) -> Result<Vec<Signal>, StoreError> {
        self.signals_of_browser_as_events((site, visitor), from, categories)
    }

    fn runs(
        &self,
        id: WorkflowId,
        query: RunQuery,
        before: Option<Cursor>,
        limit: u32,
    ) -> Result<Vec<LeadRun>, StoreError> {
        self.page_of_runs(id, query, before, limit)
    }

    fn leads_inside(
        &self,
        id: WorkflowId,
        past: Option<LeadId>,
        limit: u32,
    ) -> Result<Vec<(LeadId, u32, u32)>, StoreError> {
        let sql = "SELECT lead, number, version FROM workflow_runs WHERE workflow = ?1 AND state = 'active' \
                   AND lead > ?2 ORDER BY lead LIMIT ?3";
        let past = past.as_ref().map_or(&[][..], |past| past.as_bytes());
        self.rows(sql, params![id.as_bytes(), past, limit], |row| {
            Ok((LeadId::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?))
        })
    }

    fn run_counts(&self) -> Result<BTreeMap<WorkflowId, RunCounts>, StoreError> {
        self.counts_of_runs()
    }

    fn run_steps(&self, id: WorkflowId) -> Result<RunSteps, StoreError> {
        self.counts_of_steps(id)
    }

    fn refusals_of(&self, lead: LeadId) -> Result<Vec<RefusedLead>, StoreError> {
        self.refusals_of_lead(lead)
    }

    fn failed_effects(&self, lead: LeadId) -> Result<Vec<(RunKey, String, u32, String)>, StoreError> {
        self.failed_effects_of(lead)
    }

    fn nudge(&self, id: NudgeId) -> Result<Option<Nudge>, StoreError> {
        self.one_nudge(id)
    }

    fn nudges_of(&self, lead: LeadId) -> Result<Vec<Nudge>, StoreError> {
        self.all_nudges_of(lead)
    }

    fn open_nudges(&self, lead: LeadId) -> Result<Vec<Nudge>, StoreError> {
        self.open_nudges_of(lead)
    }

    fn oldest_due_step(&self) -> Result<Option<Millis>, StoreError> {
        let sql = "SELECT due_at FROM workflow_runs WHERE state = 'active' ORDER BY due_at LIMIT 1";
        self.one(sql, &[], |row| millis(row, 0))
    }

    fn workflow_mail_stopped_at(&self, lead: LeadId) -> Result<Option<Millis>, StoreError> {
        let sql = "SELECT at FROM workflow_mail_stops WHERE lead = ?1";
        self.answer(&Query::of("workflow_mail_stops", lead.as_bytes(), sql), |row| millis(row, 0))
    }
}

const STATES: [WorkflowState; 3] = [WorkflowState::Off, WorkflowState::On, WorkflowState::Archived];

/// The word of a state in the database.
const fn word(state: WorkflowState) -> &'static str {
    match state {
        WorkflowState::Off => "off",
        WorkflowState::On => "on",
        WorkflowState::Archived => "archived",
    }
}

fn workflow(row: &Row<'_>) -> Result<StoredWorkflow, StoreError> {
    Ok(StoredWorkflow {
        id: WorkflowId::from_bytes(row.get(0)?),
        position: row.get(1)?,
        state: column(row, 2, |text: String| STATES.into_iter().find(|state| word(*state) == text))?,
        version: row.get(3)?,
    })
}

fn version(row: &Row<'_>) -> Result<StoredVersion, StoreError> {
    Ok(StoredVersion {
        workflow: WorkflowId::from_bytes(row.get(0)?),
        number: row.get(1)?,
        draft: json(row, 2)?,
        saved_at: millis(row, 3)?,
        saved_by: row.get::<Option<[u8; 16]>>(4)?.map(RepId::from_bytes),
    })
}

/// The id of a workflow, which the domain has as a text.
pub(super) fn workflow_id(text: &str) -> Result<WorkflowId, StoreError> {
    WorkflowId::parse(text).map_err(|error| StoreError::Broken(format!("the id of the workflow `{text}` {error}")))
}
