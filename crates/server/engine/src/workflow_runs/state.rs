//! The state of a lead's workflows, as stored.

use crate::changes::Changes;
use crate::workflow_index::Index;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};
use knock_workflow::State;
use std::sync::Arc;

/// The numbers of events in a millisecond.
pub(crate) const EVENTS_PER_MS: u64 = 4_096;

/// Loads what is known of a lead and their runs, as of an instant of which no event was taken yet, with the workflows in
/// the versions that the runs are on.
pub(crate) fn load_state(
    ledger: &dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(State, Arc<Index>), StoreError> {
    let mut state = State {
        lead: ledger.workflow_lead(lead)?.unwrap_or_default(),
        runs: ledger.runs_of_lead(lead, false)?,
    };
    // Events that changed nothing are not stored, but they count as before this one.
    let before = u64::try_from(now.0).unwrap_or_default().saturating_mul(EVENTS_PER_MS);
    state.lead.last_event = state.lead.last_event.max(before);
    let mut index = changes.workflows(ledger)?;
    if state.runs.iter().any(|run| run.is_active() && !index.knows(run)) {
        index = changes.reread_workflows(ledger)?;
    }
    Ok((state, index))
}
