//! The runs of leads that are merged.

use crate::workflow_runs::merge_timers;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, Nudge, StoreError, View};
use knock_workflow::{Lead, Merged, MergedRun, RunKey, RunState, State, StoppedBy, merge};

/// Merges the runs of `from` with those of `into`, just before its rows become rows of `into`. Where both are inside a
/// workflow, the older run stays; nudges of the other one that no page has shown are withdrawn.
pub(crate) fn merged(ledger: &mut dyn Ledger, into: LeadId, from: LeadId, now: Millis) -> Result<(), StoreError> {
    let Some(goes) = known(ledger, from)? else { return Ok(()) };
    // A lead without a past in workflows takes over the fields of the other one: what differs from now on has changed.
    let fresh = || State { runs: Vec::new(), lead: Lead { sent: Vec::new(), ..goes.lead.clone() } };
    let stays = known(ledger, into)?.unwrap_or_else(fresh);
    let Merged { state, runs } = merge(stays, goes);
    for (one, run) in runs.iter().zip(&state.runs).filter(|(one, _)| one.is_ended) {
        let lead = if one.is_of_former { from } else { into };
        ledger.save_run_state(lead, &one.run, run.version, &RunState::Stopped(StoppedBy::Merged))?;
        withdraw(ledger, lead, &one.run, now)?;
    }
    ledger.renumber_runs(into, &numbers(&runs, false))?;
    ledger.renumber_runs(from, &numbers(&runs, true))?;
    ledger.save_workflow_lead(into, &state.lead)?;
    merge_timers(ledger, (into, from), state.next_due())
}

/// What workflows know of a lead; none without a past in them.
fn known(view: &dyn View, lead: LeadId) -> Result<Option<State>, StoreError> {
    let (known, runs) = (view.workflow_lead(lead)?, view.runs_of_lead(lead, false)?);
    let has_past = known.is_some() || !runs.is_empty();
    Ok(has_past.then(|| State { lead: known.unwrap_or_default(), runs }))
}

/// The numbers that the runs of one of both leads get.
fn numbers(runs: &[MergedRun], is_of_former: bool) -> Vec<(RunKey, u32)> {
    let theirs = runs.iter().filter(|one| one.is_of_former == is_of_former);
    theirs.map(|one| (one.run.clone(), one.number)).collect()
}

/// Withdraws the nudges of a run that no page has shown.
fn withdraw(ledger: &mut dyn Ledger, lead: LeadId, run: &RunKey, now: Millis) -> Result<(), StoreError> {
    for nudge in ledger.open_nudges(lead)? {
        if nudge.run == *run && nudge.shown_at.is_none() {
            ledger.save_nudge(&Nudge { withdrawn_at: Some(now), ..nudge })?;
        }
    }
    Ok(())
}
