//! What follows from a change, in a fixed order, inside the transaction of the command that made it.
//!
//! Commands say what happened and call none of these; a new consequence is a file here and its line in [`run`]. What
//! workflows do about it comes last, in [`crate::workflows`]: their actions are commands again.

mod calendars;
mod crm;
mod mail;
mod members;
mod queue;
mod slack;
mod webhooks;

pub(crate) use crm::Cause as CrmCause;
pub(crate) use mail::fire_replies;
pub use members::notified_owner;
pub(crate) use members::{fire_own_reminders, fire_wait};

use crate::changes::Changes;
use knock_ports::{Ledger, StoreError};

/// Reacts to all that happened in a command.
pub(crate) fn run(ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
    while let Some(occurrence) = changes.next() {
        let (now, what) = (occurrence.now, &occurrence.what);
        calendars::react(ledger, what, now, changes)?;
        crm::react(ledger, what, now, changes)?;
        webhooks::react(ledger, what, now, changes)?;
        mail::react(ledger, what, now, changes)?;
        slack::react(ledger, what, now, changes)?;
        members::react(ledger, what, now, changes)?;
        queue::react(ledger, what, now, changes)?;
        changes.keep(occurrence);
    }
    Ok(())
}
