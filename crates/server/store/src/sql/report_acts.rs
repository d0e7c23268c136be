//! What reports read of what was done about leads: decisions of routing, runs of workflows, writes to CRMs, and questions
//! without an answer.

use super::record::is_shown;
use super::row::{json, maybe_millis, millis};
use super::workflow_runs::{ACTIVE, RunId, STOPPED};
use super::{Connection, Db, Row, params};
use knock_model::{LeadId, Millis, WorkflowId};
use knock_ports::{CrmEffect, ReportDecision, ReportRun, ReportWrite, StoreError};
use knock_routing::{Assignee, Funnel, Outcome, Reason, Skipped, Turn};
use serde::Deserialize;

/// What is read of a decision: the rest of its document is passed over.
#[derive(Deserialize)]
struct Body {
    funnel: Funnel,
    rule: String,
    segment: Option<String>,
    outcome: Outcome,
    assignee: Option<Assignee>,
    reason: Reason,
    turn: Option<Turn>,
    #[serde(default)]
    skipped: Vec<Skipped>,
}

/// What is read of the fields of a lead.
#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "intent.score")]
    score: Option<String>,
}

impl<C: Connection> Db<C> {
    /// See [`knock_ports::ReportView::report_decisions`].
    pub(super) fn decisions_of_all(&self) -> Result<Vec<ReportDecision>, StoreError> {
        let shown = is_shown("lead");
        self.rows(&format!("SELECT lead, at, body, fields FROM decisions WHERE {shown} ORDER BY at, id"), &[], decision)
    }

    /// See [`knock_ports::ReportView::report_runs`].
    pub(super) fn runs_since(&self, since: Millis) -> Result<Vec<ReportRun>, StoreError> {
        let later = "SELECT 1 FROM workflow_log later WHERE later.run = workflow_runs.id AND later.at >= ?1";
        let condition =
            format!("(state = '{ACTIVE}' OR enrolled_at >= ?1 OR EXISTS ({later})) AND {}", is_shown("lead"));
        let sql = format!(
            "SELECT id, lead, workflow, enrolled_at, state FROM workflow_runs WHERE {condition} ORDER BY enrolled_at, id"
        );
        let runs = self.rows(&sql, params![since.0], run)?;
        let mut logs = self.logs_where(&condition, params![since.0])?;
        let with_log = runs.into_iter().map(|(id, run)| ReportRun { log: logs.remove(&id).unwrap_or_default(), ..run });
        Ok(with_log.collect())
    }

    /// See [`knock_ports::ReportView::report_writes`].
    pub(super) fn crm_writes_since(&self, since: Millis) -> Result<Vec<ReportWrite>, StoreError> {
        let shown = is_shown("lead");
        // Those of companies are logged with one of their leads.
        let written = format!(
            "SELECT lead, crm, cause, cause_at, at FROM crm_writes \
             WHERE company IS NULL AND (cause_at >= ?1 OR at >= ?1) AND {shown} ORDER BY cause_at, id"
        );
        let mut writes = self.rows(&written, params![since.0], |row| {
            let (lead, written_at) = (LeadId::from_bytes(row.get(0)?), maybe_millis(row, 4)?);
            Ok(ReportWrite { lead, crm: row.get(1)?, cause: row.get(2)?, cause_at: millis(row, 3)?, written_at })
        })?;
        // Parked: they are sent again only if a member wants that.
        let given_up = format!(
            "SELECT lead, kind, data, at FROM outbox WHERE state = 4 AND effect = ?2 AND lead IS NOT NULL \
             AND (at >= ?1 OR settled_at >= ?1) AND {shown} ORDER BY at, number"
        );
        writes.extend(self.rows(&given_up, params![since.0, CrmEffect::KIND.as_str()], given_up_write)?);
        writes.sort_by_key(|write| write.cause_at);
        Ok(writes)
    }

    /// See [`knock_ports::ReportView::report_questions`].
    pub(super) fn unanswered_since(&self, since: Millis) -> Result<Vec<(LeadId, Millis)>, StoreError> {
        let sql = format!(
            "SELECT c.lead, m.at FROM messages m JOIN conversations c ON c.id = m.conversation \
             WHERE m.unanswered <> '' AND m.at >= ?1 AND {} ORDER BY m.at, m.id",
            is_shown("c.lead")
        );
        self.rows(&sql, params![since.0], |row| Ok((LeadId::from_bytes(row.get(0)?), millis(row, 1)?)))
    }
}

fn decision(row: &Row<'_>) -> Result<ReportDecision, StoreError> {
    let Body { funnel, rule, segment, outcome, assignee, reason, turn, skipped } = json(row, 2)?;
    let Fields { score } = json(row, 3)?;
    Ok(ReportDecision {
        lead: LeadId::from_bytes(row.get(0)?),
        at: millis(row, 1)?,
        funnel,
        rule,
        segment,
        outcome,
        assignee,
        reason,
        turn: turn.map(|turn| turn.rep),
        skipped,
        score: score.unwrap_or_default(),
    })
}

fn run(row: &Row<'_>) -> Result<(RunId, ReportRun), StoreError> {
    let state: String = row.get(4)?;
    let run = ReportRun {
        lead: LeadId::from_bytes(row.get(1)?),
        workflow: WorkflowId::from_bytes(row.get(2)?),
        enrolled_at: millis(row, 3)?,
        is_over: state != ACTIVE,
        is_stopped: state == STOPPED,
        log: Vec::new(),
    };
    Ok((row.get(0)?, run))
}

fn given_up_write(row: &Row<'_>) -> Result<ReportWrite, StoreError> {
    let CrmEffect { cause, .. } = json(row, 2)?;
    let (lead, cause_at) = (LeadId::from_bytes(row.get(0)?), millis(row, 3)?);
    Ok(ReportWrite { lead, crm: row.get(1)?, cause, cause_at, written_at: None })
}
