//! Reminders that members set for themselves. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{LeadId, Millis, ReminderId, RepId};

/// A reminder of a member about a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub id: ReminderId,
    pub lead: LeadId,
    /// The member who set it, and who alone sees it.
    pub member: RepId,
    /// The instant at which the member is reminded.
    pub due_at: Millis,
    /// What it is about, in the member's words; may be empty.
    pub text: String,
    pub created_at: Millis,
    /// The instant at which the member was reminded; none before.
    pub fired_at: Option<Millis>,
}

/// Writing reminders.
pub trait ReminderLedger {
    /// Stores a reminder, new or known.
    fn save_reminder(&mut self, reminder: &Reminder) -> Result<(), StoreError>;

    /// Deletes a reminder.
    fn drop_reminder(&mut self, id: ReminderId) -> Result<(), StoreError>;

    /// Deletes all reminders of a member.
    fn drop_reminders_of(&mut self, member: RepId) -> Result<(), StoreError>;
}

/// Reading reminders.
pub trait ReminderView {
    /// One reminder.
    fn reminder(&self, id: ReminderId) -> Result<Option<Reminder>, StoreError>;

    /// The reminders about a lead, past ones too, by the instant at which they are due.
    fn reminders_about(&self, lead: LeadId) -> Result<Vec<Reminder>, StoreError>;
}
