//! iCalendar (RFC 5545): meetings written as invitations, and events of calendars read as busy time.
//!
//! Time zones are those of jiff.

mod busy;
mod invitation;

pub use busy::{Budget, BusyTime, Question, Takes, Unread, busy};
pub use invitation::{ALARM_MIN, Invitation, Method, Party};
