//! The row for lists of a lead whose meetings an earlier version derived.

use super::flow::{MeetingFlow, rebuild};
use crate::changes::Changes;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};

/// Stores it anew, and sends no notifications; whether there is one: without a status there is no row.
pub(crate) fn derive_meetings(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<bool, StoreError> {
    if MeetingFlow::load(ledger, lead, now)?.derived().status.is_none() {
        return Ok(false);
    }
    rebuild(ledger, lead, now, changes)?;
    Ok(true)
}
