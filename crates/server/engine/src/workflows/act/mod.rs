//! Actions of workflows.

use crate::changes::Changes;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};
use knock_wire::StepContent;
use knock_workflow::Effect;

/// Carries out an action. Returns why it could not be carried out, in a word.
pub(super) fn act(
    _ledger: &mut dyn Ledger,
    _lead: LeadId,
    _effect: &Effect,
    _content: &StepContent,
    _now: Millis,
    _changes: &mut Changes,
) -> Result<Option<String>, StoreError> {
    Ok(None)
}
