//! The effect of an unreachable calendar on its rep.

use crate::{spelled, vocabulary};

vocabulary! {
    /// Whether a rep can be booked while their calendar cannot be read.
    #[derive(Default)]
    UnreachableCalendar {
        /// Nothing of theirs is offered: their calendar may be full.
        #[default]
        Block = "block",
        /// Their slots are offered by what was last read.
        Offer = "offer",
    }
}

spelled!(UnreachableCalendar);
