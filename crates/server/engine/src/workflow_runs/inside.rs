//! Leads inside a workflow that is changed, switched off or left.

use super::record::record;
use super::state::{LoadedState, load_state};
use super::timer::set_timer;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use knock_model::{LeadId, Millis, WorkflowId};
use knock_ports::{Ledger, StoreError};
use knock_workflow::{Engine, NudgeCount, RunKey, StoppedBy};

/// Leads read at once.
const PIECE: u32 = 500;

/// Stops the runs of all leads inside a workflow.
pub(crate) fn stop_inside(
    ledger: &mut dyn Ledger,
    workflow: WorkflowId,
    now: Millis,
    changes: &mut Changes,
    by: &StoppedBy,
) -> Result<(), StoreError> {
    each_inside(ledger, workflow, &mut |ledger, lead, run| stop(ledger, lead, &run, by.clone(), now, changes))
}

/// Lets all leads inside a workflow go on in its newest version, which is stored already: this is done at the end of the
/// command, since steps may be carried out.
pub(crate) fn move_inside(
    ledger: &mut dyn Ledger,
    workflow: WorkflowId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    changes.push(Notice::Workflows);
    each_inside(ledger, workflow, &mut |_, lead, run| {
        changes.happened(now, Happened::RunMoves { lead, run });
        Ok(())
    })
}

/// Stops the run of one lead; whether there was one.
pub(crate) fn stop_run(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    workflow: WorkflowId,
    by: StoppedBy,
    now: Millis,
    changes: &mut Changes,
) -> Result<bool, StoreError> {
    let (name, runs) = (workflow.to_string(), ledger.newest_runs_of_lead(lead)?);
    let Some(run) = runs.iter().find(|run| run.workflow == name && run.is_active()) else { return Ok(false) };
    stop(ledger, lead, &run.key(), by, now, changes)?;
    Ok(true)
}

fn stop(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    run: &RunKey,
    by: StoppedBy,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let LoadedState { state, index, .. } = load_state(ledger, lead, now, changes)?;
    let mut engine = Engine::new(index.versions(), NudgeCount::Shown, state);
    let decided = engine.stop(run, by);
    let due_at = engine.next_due();
    let runs = engine.into_state().runs;
    decided.iter().try_for_each(|change| record(ledger, lead, &runs, change, now, changes))?;
    set_timer(ledger, lead, (&runs, due_at), changes)
}

/// What becomes of a run.
type Change<'c> = dyn FnMut(&mut dyn Ledger, LeadId, RunKey) -> Result<(), StoreError> + 'c;

fn each_inside(ledger: &mut dyn Ledger, workflow: WorkflowId, change: &mut Change<'_>) -> Result<(), StoreError> {
    let (name, mut past) = (workflow.to_string(), None);
    loop {
        let leads = ledger.leads_inside(workflow, past, PIECE)?;
        let Some((last, ..)) = leads.last() else { return Ok(()) };
        past = Some(*last);
        for (lead, number, _) in leads {
            change(ledger, lead, RunKey { workflow: name.clone(), number })?;
        }
    }
}
