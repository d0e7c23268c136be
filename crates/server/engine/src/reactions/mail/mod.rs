//! Mails to leads, and to members about meetings.

mod confirmation;
mod meeting;
mod merge;
mod reply;

pub(crate) use reply::fire_replies;

use crate::changes::Changes;
use crate::happened::Happened;
use knock_model::Millis;
use knock_ports::{Ledger, MeetingNews, StoreError};

pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match what {
        Happened::MeetingChanged { meeting, news, before, .. } => {
            meeting::mail_change(ledger, meeting, (*news, before.as_deref()), now, changes)
        }
        Happened::ConferenceKnown { meeting } => {
            meeting::mail_change(ledger, meeting, (MeetingNews::Changed, None), now, changes)
        }
        Happened::MeetingNear { meeting } => meeting::mail_reminder(ledger, meeting, now, changes),
        Happened::BookingWaits { booking, site } => confirmation::mail_link(ledger, booking, site, now, changes),
        Happened::RepReplied { conversation, mail_after } => {
            reply::schedule_reply(ledger, conversation, *mail_after, now, changes)
        }
        Happened::Merged { lead } => reply::set_timer(ledger, *lead, changes),
        Happened::Rederived { lead } => reply::bring_forward(ledger, *lead, now, changes),
        _ => Ok(()),
    }
}
