//! Notifications of members that leave the dashboard: push notifications, and mails about leads who wait.

mod alert;
mod wait;

pub use alert::notified_owner;
pub(crate) use wait::fire_wait;

use crate::changes::Changes;
use crate::happened::{Happened, Waited};
use alert::{Alert, push_alert};
use knock_model::Millis;
use knock_ports::{Ledger, StoreError};
use wait::set_wait_timer;

pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match what {
        Happened::Assigned(assigned) => match assigned.decision.as_ref().and_then(notified_owner) {
            Some(owner) => push_alert(ledger, assigned.lead, Alert::Owned(owner), now, changes),
            None => Ok(()),
        },
        Happened::Waited(waited) => {
            let Waited { lead, before, after, has_written, responding } = &**waited;
            if before != after {
                set_wait_timer(ledger, *lead, after.as_ref(), now)?;
            }
            match Alert::of(before.as_ref(), after.as_ref(), *has_written, *responding) {
                Some(alert) => push_alert(ledger, *lead, alert, now, changes),
                None => Ok(()),
            }
        }
        Happened::Merged { lead } | Happened::Rederived { lead } => {
            let wait = ledger.wait_of(*lead)?;
            set_wait_timer(ledger, *lead, wait.as_ref(), now)
        }
        _ => Ok(()),
    }
}
