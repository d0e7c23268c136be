//! The decisions of an engine into the store and, for actions, into the world.

use super::act;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::workflow_index::Index;
use crate::workflow_runs::record;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};
use knock_workflow::{Change, Effect, Failure, Run};

/// Stores the decisions about a lead in their order and carries out the actions. `runs` are the runs after all of them.
pub(super) fn apply(
    ledger: &mut dyn Ledger,
    (lead, runs): (LeadId, &[Run]),
    index: &Index,
    decided: &[Change],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut has_acted = false;
    for change in decided {
        match change {
            Change::Act(effect) => {
                has_acted |= take(ledger, (lead, runs), index, effect, now, changes)?;
            }
            Change::Enrolled(_) | Change::Refused(_) | Change::Logged(..) | Change::StateChanged(..) => {
                record(ledger, lead, runs, change, now, changes)?;
            }
        }
    }
    if has_acted {
        // What it changed of the lead is known from now on, and fires nothing (WF-T5).
        changes.by_workflow(|changes| {
            changes.happened(now, Happened::FieldsChanged { lead, before: Vec::new() });
        });
    }
    Ok(())
}

/// Carries out an action, once; whether it did.
fn take(
    ledger: &mut dyn Ledger,
    (lead, runs): (LeadId, &[Run]),
    index: &Index,
    effect: &Effect,
    now: Millis,
    changes: &mut Changes,
) -> Result<bool, StoreError> {
    if !ledger.claim_effect(lead, effect)? {
        return Ok(false);
    }
    let run = runs.iter().find(|run| run.workflow == effect.run.workflow && run.number == effect.run.number);
    let action = run.and_then(|run| index.action(&effect.run, run.version, &effect.step));
    let failure = match action {
        Some(action) => changes.by_workflow(|changes| act::act(ledger, lead, (effect, action), now, changes))?,
        None => Some(Failure::ContentGone),
    };
    if let Some(reason) = failure {
        ledger.note_failed_effect(lead, effect, reason.as_str())?;
    }
    Ok(true)
}
