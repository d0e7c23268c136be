//! Numbers of events: they ascend with arrival, also beside signals that are read again.

use crate::workflow_runs::EVENTS_PER_MS;
use knock_model::Millis;
use knock_workflow::Lead;

/// The number of the next event of a lead.
pub(super) fn next_number(lead: &Lead, received_at: Millis) -> u64 {
    let by_arrival = u64::try_from(received_at.0).unwrap_or_default().saturating_mul(EVENTS_PER_MS);
    let last_signal = lead.signals.iter().map(|signal| signal.number).max().unwrap_or(0);
    (lead.last_event + 1).max(by_arrival).max(last_signal + 1)
}
