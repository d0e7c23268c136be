//! The delivery outcome of a push service's response.

use knock_outbound::{Answer, Failure};
use knock_ports::DeliveryOutcome;

/// The outcome of an attempt. Only an address that is gone ends the subscription.
pub(crate) fn outcome(answered: Result<Answer, Failure>) -> DeliveryOutcome {
    match answered {
        Ok(Answer { code, retry_after }) => {
            let words = format!("answered {code}");
            match code {
                200..=299 => DeliveryOutcome::Done(words),
                404 | 410 => DeliveryOutcome::Unsubscribed(words),
                408 | 425 | 429 | 500..=599 => DeliveryOutcome::Retry(words, retry_after),
                _ => DeliveryOutcome::Rejected(words),
            }
        }
        Err(Failure::Refused(why)) => DeliveryOutcome::Rejected(format!("the address {why}")),
        Err(Failure::Unreached(why)) => DeliveryOutcome::Retry(why, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_that_is_gone_ends_the_subscription() {
        let outcome = |code| outcome(Ok(Answer { code, retry_after: None }));
        for code in [404, 410] {
            assert!(matches!(outcome(code), DeliveryOutcome::Unsubscribed(_)), "{code}");
        }
        for code in [200, 201, 202] {
            assert!(matches!(outcome(code), DeliveryOutcome::Done(_)), "{code}");
        }
        for code in [429, 500, 503] {
            assert!(matches!(outcome(code), DeliveryOutcome::Retry(..)), "{code}");
        }
        for code in [301, 400, 401, 403, 413] {
            assert!(matches!(outcome(code), DeliveryOutcome::Rejected(_)), "{code}");
        }
    }
}
