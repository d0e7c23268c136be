//! What workflows and their steps did, counted; refusals; and the signals of a lead as events.

use super::row::{category, column, kind, millis};
use super::workflow::workflow_id;
use super::{Connection, Db, Row, Scope, params};
use knock_model::{Category, LeadId, Millis, SignalId, SiteId, VisitorId, WorkflowId};
use knock_ports::{RefusedLead, RunCounts, RunSteps, StoreError};
use knock_wire::NudgeCounts;
use knock_workflow::{Refusal, RefusalReason, Signal};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The numbers of events in a millisecond.
const PER_MILLISECOND: u64 = 4_096;

impl<C: Connection> Db<C> {
    /// See [`knock_ports::WorkflowLedger::note_refusal`].
    pub(super) fn count_refusal(&self, lead: LeadId, refusal: &Refusal) -> Result<(), StoreError> {
        let sql = "INSERT INTO workflow_refusals (lead, id, workflow, reason, times, first_at, last_at, event) \
                   VALUES (?1, ?2, ?3, ?4, 1, ?5, ?5, ?6) ON CONFLICT (lead, id) DO UPDATE SET \
                   times = workflow_refusals.times + 1, last_at = excluded.last_at, event = excluded.event";
        let (workflow, reason) = (workflow_id(&refusal.workflow)?, refusal.reason.as_str());
        let (lead, id) = (lead.as_bytes(), refusal_id(workflow, refusal.reason));
        let values = params![lead, &id, workflow.as_bytes(), reason, refusal.at.0, &refusal.event];
        self.write(Scope::of("workflow_refusals", lead), sql, values)
    }

    /// See [`knock_ports::WorkflowView::refusals_of`].
    pub(super) fn refusals_of_lead(&self, lead: LeadId) -> Result<Vec<RefusedLead>, StoreError> {
        let sql = "SELECT workflow, reason, times, last_at FROM workflow_refusals WHERE lead = ?1 \
                   ORDER BY last_at DESC, workflow, reason";
        self.rows(sql, params![lead.as_bytes()], |row| {
            Ok(RefusedLead {
                lead,
                workflow: WorkflowId::from_bytes(row.get(0)?).to_string(),
                reason: column(row, 1, |word: String| RefusalReason::parse(&word))?,
                count: count(row, 2)?,
                last_at: millis(row, 3)?,
            })
        })
    }

    /// See [`knock_ports::WorkflowView::run_counts`].
    pub(super) fn counts_of_runs(&self) -> Result<BTreeMap<WorkflowId, RunCounts>, StoreError> {
        let runs = "SELECT workflow, state, COUNT(*) FROM workflow_runs GROUP BY workflow, state";
        let refused = "SELECT workflow, reason, CAST(SUM(times) AS BIGINT) FROM workflow_refusals \
                       GROUP BY workflow, reason";
        let grouped = |row: &Row<'_>| Ok((WorkflowId::from_bytes(row.get(0)?), row.get(1)?, count(row, 2)?));
        let mut counts: BTreeMap<WorkflowId, RunCounts> = BTreeMap::new();
        for (workflow, state, number) in self.rows(runs, &[], grouped)? {
            counts.entry(workflow).or_default().states.insert(state, number);
        }
        for (workflow, reason, number) in self.rows(refused, &[], grouped)? {
            counts.entry(workflow).or_default().refused.insert(reason, number);
        }
        Ok(counts)
    }

    /// See [`knock_ports::WorkflowView::run_steps`].
    pub(super) fn counts_of_steps(&self, id: WorkflowId) -> Result<RunSteps, StoreError> {
        let waiting = "SELECT step, COUNT(*) FROM workflow_runs WHERE workflow = ?1 AND state = 'active' GROUP BY step";
        let entries = "SELECT step, outcome, reason, COUNT(*) FROM workflow_log WHERE workflow = ?1 \
                       GROUP BY step, outcome, reason";
        let nudges = "SELECT step, COUNT(shown_at), COUNT(clicked_at), COUNT(closed_at), COUNT(withdrawn_at) \
                      FROM workflow_nudges WHERE workflow = ?1 GROUP BY step";
        let of = params![id.as_bytes()];
        let waiting = self.rows(waiting, of, |row| Ok((row.get(0)?, count(row, 1)?)))?;
        let entries = self.rows(entries, of, |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), count(row, 3)?)))?;
        let nudges = self.rows(nudges, of, |row| {
            let (shown, clicked) = (count(row, 1)?, count(row, 2)?);
            let (closed, not_shown) = (count(row, 3)?, count(row, 4)?);
            Ok((row.get(0)?, NudgeCounts { shown, clicked, closed, not_shown }))
        })?;
        Ok(RunSteps {
            waiting: waiting.into_iter().collect(),
            entries: entries.into_iter().collect(),
            nudges: nudges.into_iter().collect(),
        })
    }

    /// See [`knock_ports::WorkflowView::workflow_signals`].
    pub(super) fn signals_as_events(&self, lead: LeadId, from: Millis) -> Result<Vec<Signal>, StoreError> {
        let mut arrived = Vec::new();
        for (span, to) in self.spans_with_ends(lead)? {
            arrived.extend(self.arrivals((span.site, span.visitor), (span.from_at, to), from, "")?);
        }
        Ok(numbered(arrived, from))
    }

    /// See [`knock_ports::WorkflowView::workflow_signals_of_browser`].
    pub(super) fn signals_of_browser_as_events(
        &self,
        browser: (SiteId, VisitorId),
        from: Millis,
        categories: &[Category],
    ) -> Result<Vec<Signal>, StoreError> {
        let mut numbers: Vec<String> = categories.iter().map(|category| category.index().to_string()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let only =
            if numbers.is_empty() { String::new() } else { format!(" AND category IN ({})", numbers.join(", ")) };
        Ok(numbered(self.arrivals(browser, (from, Millis(i64::MAX)), from, &only)?, from))
    }

    /// The signals of a browser in a span that arrived from an instant on: earlier ones that arrived with later ones count
    /// in their numbers.
    fn arrivals(
        &self,
        (site, visitor): (SiteId, VisitorId),
        (start, end): (Millis, Millis),
        from: Millis,
        only: &str,
    ) -> Result<Vec<Arrival>, StoreError> {
        let sql = format!(
            "SELECT received_at, at, id, kind, category FROM signals WHERE site = ?1 AND visitor = ?2 \
             AND at >= ?3 AND at < ?4 AND received_at >= ?5{only}"
        );
        self.rows(&sql, params![site.0, visitor.as_bytes(), start.0, end.0, from.0], arrival)
    }
}

type Arrival = (Millis, Signal, SignalId);

/// The signals with an instant from `from` on, in the order of arrival, with their numbers.
fn numbered(mut arrived: Vec<Arrival>, from: Millis) -> Vec<Signal> {
    arrived.sort_by_key(|(received_at, signal, id)| (*received_at, signal.at, *id));
    let (mut last, mut rank) = (None, 0);
    let numbered = arrived.into_iter().map(|(received_at, signal, _)| {
        rank = if last == Some(received_at) { rank + 1 } else { 0 };
        last = Some(received_at);
        let start = u64::try_from(received_at.0).unwrap_or_default().saturating_mul(PER_MILLISECOND);
        Signal { number: start + rank, ..signal }
    });
    numbered.filter(|signal| signal.at >= from).collect()
}

/// A signal with its arrival, and without its number.
fn arrival(row: &Row<'_>) -> Result<(Millis, Signal, SignalId), StoreError> {
    let signal = Signal { number: 0, at: millis(row, 1)?, signal: kind(row, 3)?, category: category(row, 4)? };
    Ok((millis(row, 0)?, signal, SignalId::from_bytes(row.get(2)?)))
}

/// The id of the refusals of a lead by a workflow for a reason: a merge unites them by it.
fn refusal_id(workflow: WorkflowId, reason: RefusalReason) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&Sha256::digest(format!("{workflow} {}", reason.as_str()))[..16]);
    id
}

fn count(row: &Row<'_>, at: usize) -> Result<u64, StoreError> {
    row.get::<i64>(at).map(i64::unsigned_abs)
}
