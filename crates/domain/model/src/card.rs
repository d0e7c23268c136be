//! Cards of messages.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The card beside the text of a message in a chat.
    CardKind {
        /// A meeting to be booked.
        Meeting = "meeting",
    }
}

spelled!(CardKind);

vocabulary! {
    /// Whose calendar a booking card offers.
    #[derive(Default)]
    CardCalendar {
        /// That of the member who sends it.
        #[default]
        Mine = "mine",
        /// Those of the meeting rules.
        Rule = "rule",
    }
}

spelled!(CardCalendar);
