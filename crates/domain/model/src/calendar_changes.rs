//! The effect of a change that a member makes in their calendar to the event of a meeting.

use crate::{spelled, vocabulary};

vocabulary! {
    /// What becomes of a meeting whose event its owner moved or deleted in their own calendar.
    #[derive(Default)]
    CalendarChanges {
        /// The meeting is moved or cancelled at once, and its lead gets a mail.
        #[default]
        Apply = "apply",
        /// Its owner is asked first.
        Ask = "ask",
        /// The meeting stays as it is.
        Ignore = "ignore",
    }
}

spelled!(CalendarChanges);
