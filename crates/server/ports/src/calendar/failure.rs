//! Failures of requests to calendars.

use core::fmt;
use knock_model::Millis;
use std::pin::Pin;

/// The reason for which a request to a calendar failed, in words for the member: a part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFailure {
    /// The credentials are not accepted any more.
    Unauthorized(String),
    /// The calendar is no longer there.
    Gone(String),
    /// The same may work later, without anybody changing anything.
    Later {
        words: String,
        /// The delay that the provider asks for, if any.
        after: Option<Millis>,
    },
    /// Any other refusal, and any answer that cannot be read: the same will fail again.
    Refused(String),
}

impl fmt::Display for CalendarFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (CalendarFailure::Unauthorized(words)
        | CalendarFailure::Gone(words)
        | CalendarFailure::Later { words, .. }
        | CalendarFailure::Refused(words)) = self;
        out.write_str(words)
    }
}

/// A request to a calendar in progress.
pub type CalendarFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, CalendarFailure>> + Send + 'a>>;
