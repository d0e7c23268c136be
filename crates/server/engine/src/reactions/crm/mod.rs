//! CRM Sync: changed leads, their companies, and entries for their timelines.

mod cause;
mod company;
mod timeline;
mod write;

use crate::changes::Changes;
use crate::happened::{ChatSettled, Happened};
pub(crate) use cause::Cause;
use knock_model::Millis;
use knock_ports::{Ledger, StoreError};
use timeline::{note_meeting, note_signals, note_signals_in};
use write::{changed, changed_in};

pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    company::react(ledger, what, now, changes)?;
    match what {
        Happened::ChatSettled(settled) => {
            let ChatSettled { lead, previous, intent_type, .. } = &**settled;
            let cause = if previous.intent_type == *intent_type { Cause::Chat } else { Cause::Type };
            changed(ledger, *lead, cause, now, changes)
        }
        Happened::Scored { lead, previous, .. } => {
            let is_known = ledger.lead(*lead)?.is_some_and(|lead| lead.email.is_some() && !lead.is_spam);
            let cause = if previous.is_none() { Cause::Known } else { Cause::Score };
            if is_known { changed(ledger, *lead, cause, now, changes) } else { Ok(()) }
        }
        // The form alone may make a contact, also where neither owner nor score changes.
        Happened::FormSent { lead, .. } => changed(ledger, *lead, Cause::Form, now, changes),
        Happened::Merged { lead } => changed(ledger, *lead, Cause::Merged, now, changes),
        Happened::MeetingStatus { lead } => changed(ledger, *lead, Cause::Meeting, now, changes),
        Happened::ResyncDue { system, lead } => changed_in(ledger, *system, *lead, Cause::Resync, now, changes),
        Happened::SignalsAdded { lead } => note_signals(ledger, *lead, now, changes),
        Happened::TimelineOpened { system, lead } => note_signals_in(ledger, *system, *lead, now, changes),
        Happened::MeetingChanged { meeting, .. } | Happened::MeetingMarked { meeting } => {
            note_meeting(ledger, meeting, now, changes)
        }
        _ => Ok(()),
    }
}
