//! Nudges: bubbles that workflows show visitors.

use super::row::{json, maybe_millis, millis, to_json};
use super::workflow::workflow_id;
use super::workflow_runs::{RUN_ID, run_key};
use super::{Connection, Db, Row, params};
use knock_model::{LeadId, NudgeId};
use knock_ports::{Nudge, StoreError};

const NUDGE: &str = "SELECT r.lead, r.workflow, r.number, n.id, n.step, n.visit, n.content, n.ready_at, n.expires_at, \
     n.shown_at, n.url, n.clicked_at, n.closed_at, n.withdrawn_at \
     FROM workflow_nudges n JOIN workflow_runs r ON r.id = n.run";

impl<C: Connection> Db<C> {
    /// See [`knock_ports::WorkflowLedger::save_nudge`].
    pub(super) fn store_nudge(&self, nudge: &Nudge) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO workflow_nudges (run, workflow, id, step, visit, content, ready_at, expires_at, shown_at, url, \
             clicked_at, closed_at, withdrawn_at) \
             VALUES ({RUN_ID}, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (id) DO UPDATE SET \
             expires_at = excluded.expires_at, shown_at = excluded.shown_at, url = excluded.url, \
             clicked_at = excluded.clicked_at, closed_at = excluded.closed_at, withdrawn_at = excluded.withdrawn_at"
        );
        let (workflow, content) = (workflow_id(&nudge.run.workflow)?, to_json(&nudge.content)?);
        // Not kept back: until then a merge could give the run another key.
        self.done(
            &sql,
            params![
                nudge.lead.as_bytes(),
                workflow.as_bytes(),
                nudge.run.number,
                nudge.id.as_bytes(),
                &nudge.step,
                nudge.visit,
                &content,
                nudge.ready_at.0,
                nudge.expires_at.0,
                nudge.shown_at.map(|at| at.0),
                &nudge.url,
                nudge.clicked_at.map(|at| at.0),
                nudge.closed_at.map(|at| at.0),
                nudge.withdrawn_at.map(|at| at.0),
            ],
        )
    }

    /// See [`knock_ports::WorkflowView::nudge`].
    pub(super) fn one_nudge(&self, id: NudgeId) -> Result<Option<Nudge>, StoreError> {
        self.one(&format!("{NUDGE} WHERE n.id = ?1"), params![id.as_bytes()], nudge)
    }

    /// See [`knock_ports::WorkflowView::nudges_of`].
    pub(super) fn all_nudges_of(&self, lead: LeadId) -> Result<Vec<Nudge>, StoreError> {
        let sql = format!("{NUDGE} WHERE r.lead = ?1 ORDER BY n.ready_at, n.id");
        self.rows(&sql, params![lead.as_bytes()], nudge)
    }

    /// See [`knock_ports::WorkflowView::open_nudges`].
    pub(super) fn open_nudges_of(&self, lead: LeadId) -> Result<Vec<Nudge>, StoreError> {
        let sql = format!(
            "{NUDGE} WHERE r.lead = ?1 AND n.clicked_at IS NULL AND n.closed_at IS NULL AND n.withdrawn_at IS NULL \
             ORDER BY n.ready_at, n.id"
        );
        self.rows(&sql, params![lead.as_bytes()], nudge)
    }
}

fn nudge(row: &Row<'_>) -> Result<Nudge, StoreError> {
    Ok(Nudge {
        lead: LeadId::from_bytes(row.get(0)?),
        run: run_key(row, 1)?,
        id: NudgeId::from_bytes(row.get(3)?),
        step: row.get(4)?,
        visit: row.get(5)?,
        content: json(row, 6)?,
        ready_at: millis(row, 7)?,
        expires_at: millis(row, 8)?,
        shown_at: maybe_millis(row, 9)?,
        url: row.get(10)?,
        clicked_at: maybe_millis(row, 11)?,
        closed_at: maybe_millis(row, 12)?,
        withdrawn_at: maybe_millis(row, 13)?,
    })
}
