//! Fires due timers.

use super::{alerts, chat, mail, meeting_status, meetings, outbox};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AccountId, LeadId, Millis};
use knock_ports::{Ledger, PrefetchHint, StoreError, Subject};

/// Timers handled in one command, so that other commands do not wait long.
const AT_ONCE: u32 = 200;

/// Fires the timers due at an instant.
#[derive(Clone, Copy, Debug)]
pub struct FireTimers {
    pub now: Millis,
}

/// Whether all due timers were fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fired {
    /// All due timers have fired.
    All,
    /// More may be due.
    Some,
}

impl Command for FireTimers {
    type Outcome = Fired;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<Fired, StoreError> {
        let due = ledger.due_timers(self.now, AT_ONCE)?;
        if !due.is_empty() {
            ledger.raise_derived_until(self.now)?;
        }
        let chats = due.iter().filter_map(|timer| match timer.subject {
            Subject::ChatStatus(lead) => Some(PrefetchHint::Lead(lead)),
            Subject::LeadScore(_)
            | Subject::AccountScore(_)
            | Subject::ReplyMail(_)
            | Subject::Wait(_)
            | Subject::MeetingStatus(_)
            | Subject::MeetingReminder(_) => None,
        });
        ledger.expect(&chats.collect::<Vec<_>>());
        for timer in &due {
            match timer.subject {
                Subject::LeadScore(id) => fire_lead(ledger, id, self.now, notices)?,
                Subject::AccountScore(id) => fire_account(ledger, id, self.now, notices)?,
                Subject::ChatStatus(id) => fire_chat(ledger, id, self.now, notices)?,
                Subject::ReplyMail(id) => mail::fire_replies(ledger, id, self.now, notices)?,
                Subject::Wait(id) => alerts::fire_wait(ledger, id, self.now, notices)?,
                Subject::MeetingStatus(id) => meeting_status::settle(ledger, id, self.now, notices).map(drop)?,
                Subject::MeetingReminder(id) => meetings::fire_reminders(ledger, id, self.now, notices)?,
            }
        }
        Ok(if due.is_empty() { Fired::All } else { Fired::Some })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Advances the score of a lead: every due step has its own instant, however late this runs.
fn fire_lead(ledger: &mut dyn Ledger, id: LeadId, now: Millis, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
    let Some(mut lead) = ledger.lead(id)? else { return ledger.set_timer(Subject::LeadScore(id), None) };
    let (before, mut changes) = (lead.history.bucket, Vec::new());
    lead.history.advance(now, &mut changes);
    ledger.append_changes(id, &changes)?;
    ledger.save_lead(&lead)?;
    ledger.set_timer(Subject::LeadScore(id), lead.history.next_change_at)?;
    notices.push(Notice::Lead(id));
    outbox::score_changed(ledger, before, &lead, now, notices)
}

/// Derives Chat Status again; each step carries the instant at which it was due.
fn fire_chat(ledger: &mut dyn Ledger, id: LeadId, now: Millis, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
    chat::settle_due(ledger, id, now, notices)
}

pub(super) fn fire_account(
    ledger: &mut dyn Ledger,
    id: AccountId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let Some(mut account) = ledger.account(id)? else { return ledger.set_timer(Subject::AccountScore(id), None) };
    let evidence = std::mem::take(&mut account.history.evidence);
    account.history.restate(evidence, now);
    ledger.save_account(&account)?;
    ledger.set_timer(Subject::AccountScore(id), account.history.next_change_at)?;
    notices.push(Notice::Account(id));
    Ok(())
}
