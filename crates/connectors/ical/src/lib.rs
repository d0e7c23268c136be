//! iCalendar (RFC 5545): meetings written as invitations, events of calendars read as busy time, and
//! the event of a meeting as it is there.
//!
//! Time zones are those of jiff.

mod busy;
mod invitation;

pub use busy::{Budget, BusyTime, MeetingTime, Question, Takes, Unread, busy, meeting};
pub use invitation::{ALARM_MIN, Invitation, Method, Party, STORED_SEQUENCE};
