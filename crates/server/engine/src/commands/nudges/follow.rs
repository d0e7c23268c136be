//! The chat that a lead opens by a button of a nudge.

use super::keep;
use crate::changes::Changes;
use crate::commands::chat::ChatFlow;
use knock_model::{LeadId, Millis, NudgeId};
use knock_ports::{Ledger, Nudge, StoreError};
use knock_wire::StepContent;

/// Stores that a lead opened the chat by a nudge: its agent answers there. The nudge of another lead, or of none, is
/// nothing.
pub(in crate::commands) fn follow(
    ledger: &mut dyn Ledger,
    id: NudgeId,
    lead: LeadId,
    now: Millis,
    flow: &mut ChatFlow,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(known) = ledger.nudge(id)?.filter(|known| known.lead == lead) else { return Ok(()) };
    let StepContent::Nudge { agent, .. } = known.content else { return Ok(()) };
    flow.follow(id, agent);
    // The note of the click may be lost or late.
    let shown_at = known.shown_at.or(Some(now));
    let clicked = Nudge { shown_at, clicked_at: Some(now), ..known.clone() };
    if known.is_open(now) { keep(ledger, &known, &clicked, now, changes) } else { Ok(()) }
}
