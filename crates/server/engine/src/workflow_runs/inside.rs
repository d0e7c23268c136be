//! Leads inside a workflow that is changed, switched off or left.

use super::record::{record, set_timer};
use super::state::load_state;
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{LeadId, Millis, WorkflowId};
use knock_ports::{Ledger, StoreError, Subject};
use knock_workflow::{Change, Engine, NudgeCount, RunKey, StoppedBy};

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
    each_inside(ledger, workflow, &mut |ledger, lead, run| {
        with_engine(ledger, lead, now, changes, |engine, _| engine.stop(&run, by.clone()))
    })
}

/// Lets all leads inside a workflow go on in its newest version, which is stored already.
pub(crate) fn move_inside(
    ledger: &mut dyn Ledger,
    workflow: WorkflowId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    // It may have been saved by this command.
    changes.push(Notice::Workflows);
    each_inside(ledger, workflow, &mut |ledger, lead, run| {
        with_engine(ledger, lead, now, changes, |engine, newest| match newest {
            Some(version) => engine.move_to(&run, version),
            None => Vec::new(),
        })
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
    let name = workflow.to_string();
    let runs = ledger.runs_of_lead(lead, false)?;
    let Some(run) = runs.iter().find(|run| run.workflow == name && run.is_active()).map(knock_workflow::Run::key) else {
        return Ok(false);
    };
    with_engine(ledger, lead, now, changes, |engine, _| engine.stop(&run, by))?;
    Ok(true)
}

/// Takes the timer away of a lead who is erased; their runs and nudges go with their other rows.
pub(crate) fn left(ledger: &mut dyn Ledger, lead: LeadId) -> Result<(), StoreError> {
    ledger.set_timer(Subject::Workflow(lead), None)
}

fn each_inside(
    ledger: &mut dyn Ledger,
    workflow: WorkflowId,
    change: &mut dyn FnMut(&mut dyn Ledger, LeadId, RunKey) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
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
