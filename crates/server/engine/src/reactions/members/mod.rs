//! Notifications of members that leave the dashboard: push notifications of chats and meetings, mails about leads who
//! wait, what concerns one member alone, and calendars that cannot be read.

mod alert;
mod calendar;
mod escalation;
mod meeting;
mod personal;
mod wait;

pub use alert::notified_owner;
pub(crate) use personal::fire_own_reminders;
pub(crate) use wait::fire_wait;

use crate::changes::Changes;
use crate::happened::{Happened, Waited};
use crate::own_reminders::set_reminder_timer;
use alert::{Alert, push_alert};
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError, Wait};
use wait::set_wait_timer;

pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match what {
        Happened::Assigned(assigned) => match assigned.decision.as_ref().and_then(notified_owner) {
            Some(owner) => push_alert(ledger, (assigned.lead, None), Alert::Owned(owner), now, changes),
            None => Ok(()),
        },
        Happened::Waited(waited) => {
            let Waited { lead, before, after, has_written, responding, decision } = &**waited;
            if before != after {
                let was_notified = |was: &Wait| was.is_queued || was.rep.is_some();
                if let (Some(was), Some(Wait { rep: Some(rep), .. })) =
                    (before.as_ref().filter(|was| was_notified(was)), after)
                    && was.rep != Some(*rep)
                {
                    // The member who was notified that it waits for the team, or had it before, is notified that it is theirs.
                    ledger.forget_wait_notice(*lead, *rep)?;
                }
                set_wait_timer(ledger, *lead, (after.as_ref(), decision.as_ref()), now)?;
            }
            match Alert::of(before.as_ref(), after.as_ref(), *has_written, *responding) {
                Some(alert) => push_alert(ledger, (*lead, decision.as_ref()), alert, now, changes),
                None => Ok(()),
            }
        }
        Happened::SnoozeEnded { lead, member } => {
            set_wait_again(ledger, *lead, now)?;
            match member {
                Some(member) => push_alert(ledger, (*lead, None), Alert::Back(*member), now, changes),
                None => Ok(()),
            }
        }
        Happened::MeetingChanged { meeting, news, before, by } => {
            meeting::notify_change(ledger, meeting, (*news, before.as_deref()), *by, now, changes)
        }
        Happened::CalendarUnreadable { account, name } => {
            calendar::notify_unreadable(ledger, (*account, name.as_str()), now, changes)
        }
        Happened::CalendarReadable { account } => calendar::withdraw_unreadable(ledger, *account, now),
        Happened::EntryWaits { meeting, member, is_moved } => {
            meeting::notify_waiting(ledger, meeting, (*member, *is_moved), now, changes)
        }
        Happened::Mentioned { lead, note } => personal::notify_mentioned(ledger, (*lead, note), now, changes),
        Happened::Merged { lead } => {
            set_reminder_timer(ledger, *lead)?;
            set_wait_again(ledger, *lead, now)
        }
        Happened::Rederived { lead } => set_wait_again(ledger, *lead, now),
        _ => Ok(()),
    }
}

/// Sets the timer of the wait as it is stored.
fn set_wait_again(ledger: &mut dyn Ledger, lead: LeadId, now: Millis) -> Result<(), StoreError> {
    let (wait, decided) = (ledger.wait_of(lead)?, ledger.last_decision(lead)?);
    let decision = decided.as_ref().map(|decided| &decided.decision);
    set_wait_timer(ledger, lead, (wait.as_ref(), decision), now)
}
