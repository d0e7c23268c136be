//! Events for subscribers: webhooks, and the channels of Slack.

mod about;
mod account;
mod activity;
mod event;
mod fact;
mod meeting;
mod place;
mod state;

use crate::changes::Changes;
use crate::happened::Happened;
use account::Before;
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
        Happened::FormSent { lead, conversation, site, fact } => {
            activity::form_submitted(ledger, (*lead, *conversation), (*site, *fact), now, changes)
        }
        Happened::LinkClicked { lead, site, click } => {
            activity::link_clicked(ledger, (*lead, *site), click, now, changes)
        }
        Happened::MeetingChanged { meeting, news, before, .. } => {
            meeting::changed(ledger, meeting, (*news, before.as_deref()), now, changes)
        }
        Happened::MeetingMarked { meeting } => meeting::marked(ledger, meeting, now, changes),
        Happened::MeetingStatusChanged(changed) => meeting::status_changed(ledger, changed, now, changes),
        _ => of_account(ledger, what, now, changes),
    }
}

/// What changes the state of a company.
fn of_account(ledger: &mut dyn Ledger, what: &Happened, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    match what {
        Happened::AccountScored { account, previous, bucket } => {
            account::changed(ledger, *account, &Before::Bucket([*previous, *bucket]), now, changes)
        }
        Happened::CrmKnown { lead, before } => {
            account::changed_of(ledger, *lead, &Before::Crm(*lead, before), now, changes)
        }
        Happened::DealOpened { lead } => account::changed_of(ledger, *lead, &Before::Deal(*lead), now, changes),
        _ => Ok(()),
    }
}
