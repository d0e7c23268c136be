//! The effect of an unreachable calendar on its rep.

use crate::{spelled, vocabulary};

vocabulary! {
    /// Whether a rep can be booked while their calendar cannot be read.
    #[derive(Default)]
    UnreachableCalendar {
        /// No slots: the calendar may be full.
        #[default]
        Block = "block",
        /// Slots by the last reading.
        Offer = "offer",
    }
}

spelled!(UnreachableCalendar);
