//! Timers: changes that fall due by time alone, without an event.

use crate::StoreError;
use knock_model::{AccountId, LeadId, Millis};

/// The subject of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The score bucket of a person.
    LeadScore(LeadId),
    /// The score bucket of a company.
    AccountScore(AccountId),
    /// The chat status of a person.
    ChatStatus(LeadId),
    /// Replies of reps that a person may not have seen.
    ReplyMail(LeadId),
    /// Notifications to members that a person waits for an answer.
    Wait(LeadId),
    /// The meeting status of a person.
    MeetingStatus(LeadId),
    /// Reminders of a person's meetings.
    MeetingReminder(LeadId),
    /// Reminders that members set for themselves about a person.
    Reminder(LeadId),
    /// The runs of a person in workflows.
    Workflow(LeadId),
}

/// A timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    pub subject: Subject,
    pub due_at: Millis,
}

/// Writing timers.
pub trait TimerLedger {
    /// Sets the one timer of a subject; none removes it.
    fn set_timer(&mut self, subject: Subject, due_at: Option<Millis>) -> Result<(), StoreError>;

    /// Records that a value was derived as of an instant; does nothing if a later one is recorded.
    fn raise_derived_until(&mut self, at: Millis) -> Result<(), StoreError>;

    /// Records that no value is derived as of a later instant any more.
    fn set_derived_until(&mut self, at: Millis) -> Result<(), StoreError>;
}

/// Reading timers.
pub trait TimerView {
    /// The timers due at `now`, oldest first.
    fn due_timers(&self, now: Millis, limit: u32) -> Result<Vec<Timer>, StoreError>;

    /// Returns the next due instant of all timers.
    fn next_due(&self) -> Result<Option<Millis>, StoreError>;

    /// Returns the latest instant as of which a value was derived; none before the first timer.
    fn derived_until(&self) -> Result<Option<Millis>, StoreError>;
}
