//! The state of a meeting.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The state of a meeting.
    MeetingState {
        /// Planned or held.
        Booked = "booked",
        /// Cancelled.
        Cancelled = "cancelled",
        /// The lead did not come; marked by a rep.
        NoShow = "no_show",
    }
}

spelled!(MeetingState);
