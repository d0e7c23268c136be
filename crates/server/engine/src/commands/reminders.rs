//! Reminders that members set for themselves: no change of the chat, and of no concern to others.

use crate::changes::Changes;
use crate::notice::Notice;
use crate::own_reminders::set_reminder_timer;
use crate::writer::{After, Command};
use knock_model::{LeadId, Millis, ReminderId, RepId};
use knock_ports::{Ledger, Reminder, StoreError};

/// The maximum number of reminders to come of one member about one lead.
pub const MOST_REMINDERS: usize = 20;

/// Sets a reminder.
#[derive(Clone, Debug)]
pub struct AddReminder {
    pub id: ReminderId,
    pub lead: LeadId,
    pub member: RepId,
    pub due_at: Millis,
    pub text: String,
    pub now: Millis,
}

/// The outcome of setting a reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReminderAdded {
    Added(Reminder),
    UnknownLead,
    /// The member has [`MOST_REMINDERS`] about this lead already.
    TooMany,
}

impl Command for AddReminder {
    type Outcome = ReminderAdded;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<ReminderAdded, StoreError> {
        let lead = ledger.merged_into(self.lead)?;
        if ledger.lead(lead)?.is_none() {
            return Ok(ReminderAdded::UnknownLead);
        }
        let is_own = |known: &&Reminder| known.member == self.member && known.fired_at.is_none();
        if ledger.reminders_about(lead)?.iter().filter(is_own).count() >= MOST_REMINDERS {
            return Ok(ReminderAdded::TooMany);
        }
        let reminder = Reminder {
            id: self.id,
            lead,
            member: self.member,
            due_at: self.due_at,
            // Without NUL characters, as it is read back.
            text: self.text.replace('\0', ""),
            created_at: self.now,
            fired_at: None,
        };
        ledger.save_reminder(&reminder)?;
        set_reminder_timer(ledger, lead)?;
        changes.push(Notice::Timer);
        Ok(ReminderAdded::Added(reminder))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Removes a reminder of a member that is to come.
#[derive(Clone, Copy, Debug)]
pub struct RemoveReminder {
    pub id: ReminderId,
    pub member: RepId,
}

impl Command for RemoveReminder {
    /// Whether the member had such a reminder.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let known = ledger.reminder(self.id)?;
        let own = known.filter(|known| known.member == self.member && known.fired_at.is_none());
        let Some(reminder) = own else { return Ok(false) };
        ledger.drop_reminder(reminder.id)?;
        set_reminder_timer(ledger, reminder.lead)?;
        changes.push(Notice::Timer);
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
