//! The state of a meeting.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The state of a meeting.
    MeetingState {
        /// Planned; once it is over, no one has said yet whether it took place.
        Booked = "booked",
        /// It took place, as a rep said.
        Held = "held",
        /// Cancelled.
        Cancelled = "cancelled",
        /// The lead did not come; marked by a rep.
        NoShow = "no_show",
    }
}

spelled!(MeetingState);
