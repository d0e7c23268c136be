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
