//! Meeting Status of a lead: its facts, its timers, and whether it hides the lead.

mod flow;
mod outdated;
mod reminders;
mod settings;

pub(super) use flow::is_spam;
pub(super) use flow::{MeetingFlow, rebuild, settle, settle_after, show};
pub(crate) use outdated::derive_meetings;
pub(super) use reminders::{next_reminder, set_reminder_timer};
pub use settings::cutoff;
pub(crate) use settings::dropoff;
pub(super) use settings::{minutes, settings};
