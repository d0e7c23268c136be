//! Why a CRM did not do what was asked.

use knock_model::Millis;

/// Why a CRM did not do what was asked, with its words for a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It may do it later. Whether it has done it is not known.
    #[error("{words}")]
    Retry {
        /// After how long, where it says so.
        after: Option<Millis>,
        /// What it said.
        words: String,
    },
    /// It will not do it, however often it is asked.
    #[error("{words}")]
    Rejected {
        /// What it said.
        words: String,
    },
    /// It does not accept the access, or not for this: a person has to look.
    #[error("{words}")]
    Unauthorized {
        /// What it said.
        words: String,
    },
    /// The requests of the day are used up.
    #[error("{words}")]
    Paused {
        /// Until when.
        until: Millis,
        /// What it said.
        words: String,
    },
}
