//! Meetings: their lists, a day, a week, a single one, and those of a contact.

mod action_button;
pub(crate) mod actions;
pub(crate) mod add_meeting;
pub(crate) mod calendar;
pub(crate) mod calendar_change;
pub(crate) mod calendar_day;
pub(crate) mod facts;
pub(crate) mod flow;
pub(crate) mod marks;
pub(crate) mod place_note;
pub(crate) mod reassign;
pub(crate) mod reschedule;
pub(crate) mod spam_table;
pub(crate) mod standing_badge;
pub(crate) mod table;
pub(crate) mod team_week;
