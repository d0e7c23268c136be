//! Fires due timers.

use super::{chat, fold, meeting_status, meetings};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::reactions;
use crate::workflow_runs::expire_nudges;
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

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Fired, StoreError> {
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
            | Subject::MeetingReminder(_)
            | Subject::Reminder(_)
            | Subject::Workflow(_) => None,
        });
        ledger.expect(&chats.collect::<Vec<_>>());
        for timer in &due {
            match timer.subject {
                Subject::LeadScore(id) => fire_lead(ledger, id, self.now, changes)?,
                Subject::AccountScore(id) => fire_account(ledger, id, self.now, changes)?,
                Subject::ChatStatus(id) => fire_chat(ledger, id, self.now, changes)?,
                Subject::ReplyMail(id) => reactions::fire_replies(ledger, id, self.now, changes)?,
                Subject::Wait(id) => reactions::fire_wait(ledger, id, self.now, changes)?,
                Subject::MeetingStatus(id) => meeting_status::settle(ledger, id, self.now, changes).map(drop)?,
                Subject::Reminder(id) => reactions::fire_own_reminders(ledger, id, self.now, changes)?,
                Subject::MeetingReminder(id) => meetings::fire_reminders(ledger, id, self.now, changes)?,
                Subject::Workflow(id) => fire_workflow(ledger, id, self.now, changes)?,
            }
        }
        Ok(if due.is_empty() { Fired::All } else { Fired::Some })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Advances the score of a lead: every due step has its own instant, however late this runs.
fn fire_lead(ledger: &mut dyn Ledger, id: LeadId, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    let Some(mut lead) = ledger.lead(id)? else { return ledger.set_timer(Subject::LeadScore(id), None) };
    let (before, mut steps) = (lead.history.bucket, Vec::new());
    lead.history.advance(now, &mut steps);
    ledger.append_changes(id, &steps)?;
    ledger.save_lead(&lead)?;
    ledger.set_timer(Subject::LeadScore(id), lead.history.next_change_at)?;
    changes.push(Notice::Lead(id));
    if lead.history.bucket != before {
        changes.happened(
            now,
            Happened::Scored {
                lead: id,
                previous: before,
                former: before,
                bucket: lead.history.bucket,
                is_hidden: lead.is_spam,
            },
        );
    }
    Ok(())
}

/// Derives Chat Status again; each step carries the instant at which it was due.
fn fire_chat(ledger: &mut dyn Ledger, id: LeadId, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    chat::settle_due(ledger, id, now, changes)
}

/// Withdraws nudges that have expired and says that a step may be due: the reaction sets the timer of the next one.
fn fire_workflow(ledger: &mut dyn Ledger, id: LeadId, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    let expires_at = expire_nudges(ledger, id, now, changes)?;
    ledger.set_timer(Subject::Workflow(id), expires_at)?;
    changes.expect_workflows();
    changes.happened(now, Happened::WorkflowDue { lead: id });
    Ok(())
}

pub(super) fn fire_account(
    ledger: &mut dyn Ledger,
    id: AccountId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(mut account) = ledger.account(id)? else { return ledger.set_timer(Subject::AccountScore(id), None) };
    let (before, evidence) = (account.history.bucket, std::mem::take(&mut account.history.evidence));
    account.history.restate(evidence, now);
    ledger.save_account(&account)?;
    ledger.set_timer(Subject::AccountScore(id), account.history.next_change_at)?;
    changes.push(Notice::Account(id));
    fold::tell_of_account(id, [before, account.history.bucket], now, changes);
    Ok(())
}
