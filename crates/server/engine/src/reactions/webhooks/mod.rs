//! Events for subscribers: webhooks, and the channels of Slack.

mod event;
mod fact;
mod state;

use crate::changes::Changes;
use crate::happened::Happened;
use knock_model::Millis;
use knock_ports::{Ledger, StoreError};

pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match what {
        Happened::ContactCreated { lead, at } => fact::contact_created(ledger, (*lead, *at), now, changes),
        Happened::MessageStored { lead, conversation, message } => {
            fact::message_created(ledger, (*lead, *conversation), message, changes)
        }
        Happened::Assigned(assigned) => fact::chat_assigned(ledger, assigned, now, changes),
        // What happened while the lead was hidden is no event, though the lead may be shown now.
        Happened::Scored { is_hidden: true, .. } => Ok(()),
        Happened::Scored { lead, previous, bucket, .. } => {
            state::score_changed(ledger, (*previous, *bucket), *lead, now, changes)
        }
        Happened::ChatSettled(settled) => {
            state::type_changed(ledger, settled, now, changes)?;
            state::status_changed(ledger, settled, now, changes)
        }
        _ => Ok(()),
    }
}
