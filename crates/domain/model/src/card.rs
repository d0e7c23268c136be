//! Cards of messages.

use crate::{spelled, vocabulary};

vocabulary! {
    /// What a message of a chat offers beside its text.
    CardKind {
        /// A meeting to be booked.
        Meeting = "meeting",
    }
}

spelled!(CardKind);
