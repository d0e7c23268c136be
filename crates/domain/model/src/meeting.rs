//! The state of a meeting.

use crate::{spelled, vocabulary};

vocabulary! {
    /// What became of a meeting.
    MeetingState {
        /// It takes place, or took place.
        Booked = "booked",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// The lead did not come; marked by a rep.
        NoShow = "no_show",
    }
}

spelled!(MeetingState);
