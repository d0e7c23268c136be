//! Decisions of an engine into the store, except actions.

use crate::changes::Changes;
use crate::measures;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};
use knock_workflow::{Change, Run, RunState, StoppedBy};

use super::nudges::withdraw_nudges;

/// Stores one decision; `runs` are the runs of the lead after all of them.
pub(crate) fn record(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    runs: &[Run],
    change: &Change,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    measures::decided(change);
    match change {
        Change::Enrolled(run) => ledger.begin_run(lead, run),
        Change::Refused(refusal) => ledger.note_refusal(lead, refusal),
        Change::Logged(run, entry) => ledger.append_run_entry(lead, run, entry),
        Change::StateChanged(key, state) => {
            let run = runs.iter().find(|run| run.workflow == key.workflow && run.number == key.number);
            let version = run.map_or(0, |run| run.version);
            ledger.save_run_state(lead, key, version, state)?;
            // A nudge before a step that ends the run is meant to be seen.
            if matches!(state, RunState::Stopped(by) if !matches!(by, StoppedBy::Step(_))) {
                withdraw_nudges(ledger, lead, |nudge| nudge.run == *key, now, changes)?;
            }
            Ok(())
        }
        Change::Act(_) => Ok(()),
    }
}
