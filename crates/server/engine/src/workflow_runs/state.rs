//! The state of a lead's workflows, as stored.

use crate::changes::Changes;
use crate::workflow_index::Index;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};
use knock_workflow::State;
use std::sync::Arc;

/// The numbers of events in a millisecond.
pub(crate) const EVENTS_PER_MS: u64 = 4_096;

/// The state of a lead's workflows.
pub(crate) struct LoadedState {
    /// As of an instant of which no event was taken yet.
    pub(crate) state: State,
    /// The instant of the last event that was stored; 0 before the first.
    pub(crate) seen_at: Millis,
    /// The workflows, in the versions that the runs are on.
    pub(crate) index: Arc<Index>,
}

/// Loads what is known of a lead and their runs, at an instant.
pub(crate) fn load_state(
    ledger: &dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<LoadedState, StoreError> {
    let mut known = ledger.workflow_lead(lead)?.unwrap_or_default();
    let seen_at = Millis(i64::try_from(known.last_event / EVENTS_PER_MS).unwrap_or(i64::MAX));
    // Events that changed nothing are not stored, but they count as before this instant.
    let before = u64::try_from(now.0).unwrap_or_default().saturating_mul(EVENTS_PER_MS);
    known.last_event = known.last_event.max(before);
    let state = State { lead: known, runs: ledger.newest_runs_of_lead(lead)? };
    let mut index = changes.workflows(ledger)?;
    if state.runs.iter().any(|run| run.is_active() && !index.knows(run)) {
        index = changes.reread_workflows(ledger)?;
    }
    Ok(LoadedState { state, seen_at, index })
}
