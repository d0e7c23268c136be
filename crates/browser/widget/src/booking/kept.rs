//! The meetings that this browser has booked here: the next one is shown in place of a new booking.

use knock_model::Millis;
use knock_wire::MeetingShown;

use super::handle::Booking;
use super::local::Local;

impl Booking {
    /// Whether a meeting of this browser is shown, or looked up.
    pub(super) fn is_kept(self) -> bool {
        self.entry(|entry| entry.token.is_none()) && self.around(|around| !around.kept.is_empty()) == Some(true)
    }

    /// Whether this browser has another meeting to show.
    pub(crate) fn has_other(self) -> bool {
        self.is_kept() && self.around(|around| around.kept.len() > 1) == Some(true)
    }

    /// Keeps a meeting to come in this browser, and forgets one that is cancelled or over.
    pub(super) fn keep(self, meeting: &MeetingShown) {
        self.around(|around| {
            let here = &around.entry.entry_point;
            match Local::parse(&meeting.end).filter(|_| meeting.state == "booked" && !meeting.is_over) {
                Some(end) => here.keep_meeting(&meeting.token, Millis(end.instant())),
                None => here.forget_meeting(&meeting.token),
            }
        });
    }

    /// Forgets the meeting that the server does not have, or that is over, and opens the next one, or a new booking.
    pub(super) fn forget(self) {
        self.update_around(|around| {
            let token = around.kept.remove(0);
            around.entry.entry_point.forget_meeting(&token);
        });
        self.open();
    }

    /// Shows the next meeting of this browser.
    pub(crate) fn show_other(self) {
        self.update_around(|around| around.kept.rotate_left(1));
        self.update(|state| (state.meeting, state.was_moved) = (None, false));
        self.open();
    }
}
