//! The meetings of a lead: opening the booking, the e-mail step, holds, bookings and their changes.
//!
//! A command loads a [`MeetingFlow`], adds facts and applies it, as the chat's flow. Every command computes the offer
//! again from the stored data ([`basis`]) and the busy times of external calendars ([`busy`]).

mod add;
mod answer;
mod basis;
mod book;
mod busy;
mod change;
mod conference;
mod confirm;
mod effects;
mod entry;
mod first_booking;
mod leave;
mod limit;
mod offer;
mod open;
mod remind;
mod reverse;
mod routed;
mod step;
mod team;
mod times;
mod title;
mod watched;
mod written;

pub use add::{AddMeeting, Added};
pub(crate) use answer::waiting_change;
pub use book::{BookMeeting, BookedMeeting, Booking, HOLD, HoldSlot, SlotChoice, SlotOutcome};
pub(crate) use busy::elsewhere;
pub use busy::{Busy, BusyTimes, busy_window};
pub use change::{ChangeMeeting, Changed, MeetingChange};
pub use conference::NoteConference;
pub use confirm::{ConfirmBooking, Confirmed};
pub use entry::{EntryNoted, NoteEntry};
pub(super) use leave::hand_over_all;
pub use limit::{MOST_MEETINGS, MOST_MOVES};
pub use offer::MovedOffer;
pub use open::{GiveEmail, NoteBooking, OpenBooking, VisitorActivity};
pub(super) use remind::fire_reminders;
pub use reverse::ReverseMeetingSpam;
pub use routed::{Offered, OfferedSlot, Wanted};
pub use step::EmailStep;
pub use team::TeamMeetingChange;
pub use watched::{WatchedEntry, watched_entries};
pub use written::NoteWritten;
