//! The one timer of a lead's workflows: the next step of their runs, or the end of a nudge that no page has shown.

use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError, Subject, View};
use knock_workflow::{Lead, Run, State};

/// Sets the timer after decisions; the next step of these runs is due at `due_at`.
pub(crate) fn set_timer(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    (runs, due_at): (&[Run], Option<Millis>),
    changes: &mut Changes,
) -> Result<(), StoreError> {
    // Nudges are of runs.
    let expires_at = if runs.is_empty() { None } else { next_expiry(ledger, lead)? };
    ledger.set_timer(Subject::Workflow(lead), due_at.into_iter().chain(expires_at).min())?;
    changes.push(Notice::Timer);
    Ok(())
}

/// Sets the timer by what is stored: after a merge, its undo, the end of a nudge, and in a rebuild.
pub(crate) fn reset_timer(ledger: &mut dyn Ledger, lead: LeadId) -> Result<(), StoreError> {
    let runs = ledger.newest_runs_of_lead(lead)?;
    let expires_at = if runs.is_empty() { None } else { next_expiry(ledger, lead)? };
    let due_at = State { lead: Lead::default(), runs }.next_due();
    ledger.set_timer(Subject::Workflow(lead), due_at.into_iter().chain(expires_at).min())
}

/// Sets the timer of the lead that stays in a merge, just before the rows of the other one become theirs.
pub(crate) fn merge_timers(
    ledger: &mut dyn Ledger,
    (into, from): (LeadId, LeadId),
    due_at: Option<Millis>,
) -> Result<(), StoreError> {
    let expiries = [next_expiry(ledger, into)?, next_expiry(ledger, from)?];
    let next = expiries.into_iter().flatten().chain(due_at).min();
    ledger.set_timer(Subject::Workflow(into), next)
}

/// The instant at which the first of a lead's nudges expires that no page has shown.
pub(super) fn next_expiry(view: &dyn View, lead: LeadId) -> Result<Option<Millis>, StoreError> {
    let unseen = view.open_nudges(lead)?.into_iter().filter(|nudge| nudge.shown_at.is_none());
    Ok(unseen.map(|nudge| nudge.expires_at).min())
}
