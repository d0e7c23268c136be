//! The errors of requests to a calendar server.

use knock_model::Millis;
use knock_outbound::{Failure as NoAnswer, Reply};
use knock_ports::CalendarFailure;

/// The reason for which a request to a calendar failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// User and password are not accepted any more.
    #[error("the calendar server does not accept user and password")]
    Unauthorized,
    /// The calendar is no longer there.
    #[error("the calendar is no longer there")]
    Gone,
    /// The server asks to be asked later.
    #[error("the calendar server asks to be asked later ({code})")]
    Later {
        code: u16,
        /// The delay that the server asks for, if any.
        after: Option<Millis>,
    },
    /// Any other answer.
    #[error("the calendar server answered {0}")]
    Refused(u16),
    /// There is no answer, in time.
    #[error("{0}")]
    Unreached(String),
    /// The response cannot be parsed.
    #[error("{0}")]
    Unreadable(String),
}

impl From<Failure> for CalendarFailure {
    fn from(failure: Failure) -> CalendarFailure {
        let words = failure.to_string();
        match failure {
            Failure::Unauthorized => CalendarFailure::Unauthorized(words),
            Failure::Gone => CalendarFailure::Gone(words),
            Failure::Later { after, .. } => CalendarFailure::Later { words, after },
            Failure::Unreached(_) => CalendarFailure::Later { words, after: None },
            Failure::Refused(_) | Failure::Unreadable(_) => CalendarFailure::Refused(words),
        }
    }
}

impl From<NoAnswer> for Failure {
    fn from(failure: NoAnswer) -> Failure {
        Failure::Unreached(failure.to_string())
    }
}

/// The answer, where it is a good one.
pub(crate) fn checked(reply: Reply) -> Result<Reply, Failure> {
    match reply.code {
        200..=299 if reply.is_whole => Ok(reply),
        200..=299 => Err(Failure::Unreadable("the answer of the calendar server is too long".to_owned())),
        401 | 403 => Err(Failure::Unauthorized),
        404 | 410 => Err(Failure::Gone),
        code @ (408 | 425 | 429 | 500..=599) => Err(Failure::Later { code, after: reply.retry_after }),
        code => Err(Failure::Refused(code)),
    }
}
