//! iCalendar (RFC 5545): meetings written as invitations, and events of calendars read as busy time.
//!
//! Time zones are those of jiff. The libraries that parse and repeat see local times alone, as if they were UTC.

mod busy;
mod invitation;

pub use busy::{Budget, Unreadable, busy};
pub use invitation::{ALARM_MIN, Invitation, Method, Party};
