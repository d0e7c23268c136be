//! Maps an SMTP answer to the outcome of the attempt.

use knock_ports::DeliveryOutcome;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;
use std::error::Error as _;

/// The outcome of an attempt. A refusal for good (5xx) stays one; whatever may be better later is tried again.
pub(crate) fn outcome(answered: Result<Response, Error>) -> DeliveryOutcome {
    match answered {
        Ok(response) => DeliveryOutcome::Done(format!("answered {}", response.code())),
        Err(error) if error.is_permanent() => DeliveryOutcome::Rejected(words(&error)),
        Err(error) => DeliveryOutcome::Retry(words(&error), None),
    }
}

/// An error with its causes, for a person.
pub(crate) fn words(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = error.source();
    }
    words
}
