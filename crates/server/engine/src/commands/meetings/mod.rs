//! The meetings of a lead: opening the booking, the e-mail step, holds, bookings and their changes.
//!
//! A command loads a [`MeetingFlow`], adds facts and applies it, as the chat's flow. Every command computes the offer
//! again from the stored data ([`basis`]) and the busy times of external calendars ([`busy`]).

mod add;
mod basis;
mod book;
mod busy;
mod change;
mod confirm;
mod effects;
mod first_booking;
mod leave;
mod limit;
mod open;
mod remind;
mod reverse;
mod routed;
mod step;
mod times;
mod title;

pub use add::{AddMeeting, Added};
pub use book::{BookMeeting, BookedMeeting, Booking, HOLD, HoldSlot, SlotChoice, SlotOutcome};
pub(crate) use busy::elsewhere;
pub use busy::{Busy, BusyTimes, busy_window};
pub use change::{ChangeMeeting, Changed, MeetingChange, MovedOffer, TeamMeetingChange};
pub use confirm::{ConfirmBooking, Confirmed};
pub(super) use leave::hand_over_all;
pub use limit::{MOST_MEETINGS, MOST_MOVES};
pub use open::{GiveEmail, NoteBooking, OpenBooking, VisitorActivity};
pub(super) use remind::fire_reminders;
pub use reverse::ReverseMeetingSpam;
pub use routed::{Offered, OfferedSlot, Wanted};
pub use step::EmailStep;
