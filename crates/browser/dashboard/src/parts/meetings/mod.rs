//! Meetings: their lists, a day, a week, a single one, and those of a contact.

mod actions;
mod calendar;
mod facts;
mod flow;
mod reassign;
mod reschedule;
mod spam_table;
mod standing_badge;
mod table;

pub(crate) use actions::MeetingActions;
pub(crate) use calendar::MeetingCalendar;
pub(crate) use facts::MeetingFacts;
pub(crate) use flow::MeetingFlow;
pub(crate) use spam_table::{NotSpamQuestion, SpamTable};
pub(crate) use standing_badge::StandingBadge;
pub(crate) use table::MeetingTable;
