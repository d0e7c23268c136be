//! The decisions of an engine into the store and, for actions, into the world.

use super::act;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::workflow_index::Index;
use crate::workflow_runs::record;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};
use knock_workflow::{Change, Effect, Failure, Run};

/// A decision.
#[derive(Debug)]
pub(super) struct Decided {
    change: Change,
    /// Of an action, the version that its run was on: the run may go on in another one since.
    version: u32,
    /// Of an action, the event that began its run.
    cause: String,
}

impl Decided {
    /// A decision, with the runs of the lead just after it.
    pub(super) fn new(change: Change, runs: &[Run]) -> Decided {
        let run = match &change {
            Change::Act(effect) => runs.iter().find(|run| run.key() == effect.run),
            Change::Enrolled(_) | Change::Refused(_) | Change::Logged(..) | Change::StateChanged(..) => None,
        };
        let (version, cause) = run.map(|run| (run.version, run.cause.clone())).unwrap_or_default();
        Decided { change, version, cause }
    }
}

/// Stores the decisions about a lead in their order and carries out the actions. `runs` are the runs after all of them.
pub(super) fn apply(
    ledger: &mut dyn Ledger,
    (lead, runs): (LeadId, &[Run]),
    index: &Index,
    decided: &[Decided],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut has_acted = false;
    for Decided { change, version, cause } in decided {
        match change {
            Change::Act(effect) => {
                has_acted |= take(ledger, lead, index, (effect, *version, cause), now, changes)?;
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
    lead: LeadId,
    index: &Index,
    (effect, version, cause): (&Effect, u32, &str),
    now: Millis,
    changes: &mut Changes,
) -> Result<bool, StoreError> {
    if !ledger.claim_effect(lead, effect)? {
        return Ok(false);
    }
    let failure = match index.action(&effect.run, version, &effect.step) {
        Some(action) => changes.by_workflow(|changes| act::act(ledger, lead, (effect, cause, action), now, changes))?,
        None => Some(Failure::ContentGone),
    };
    if let Some(reason) = failure {
        ledger.note_failed_effect(lead, effect, reason.as_str())?;
    }
    Ok(true)
}
