//! The reasons for which a CRM refuses a request.

use knock_model::Millis;

/// The reason for which a CRM refused a request, with its words for a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A temporary refusal. The result of the request is unknown.
    #[error("{words}")]
    Retry {
        /// The delay, if the CRM gives one.
        after: Option<Millis>,
        /// The error in the CRM's words.
        words: String,
    },
    /// A permanent refusal: no attempt will succeed.
    #[error("{words}")]
    Rejected {
        /// The error in the CRM's words.
        words: String,
    },
    /// The access is refused, or lacks a scope: an admin has to act.
    #[error("{words}")]
    Unauthorized {
        /// The error in the CRM's words.
        words: String,
    },
    /// The daily limit of requests is used up.
    #[error("{words}")]
    Paused {
        /// The end of the limit.
        until: Millis,
        /// The error in the CRM's words.
        words: String,
    },
}
