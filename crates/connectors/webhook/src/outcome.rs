//! Maps an HTTP answer to the outcome of the attempt.

use knock_outbound::{Answer, Failure};
use knock_ports::DeliveryOutcome;

/// The outcome of an attempt. Whatever may be better later is tried again: no network, no server, overload, a receiver
/// that is still being set up. A request that is wrong stays wrong, so a person has to look.
pub(crate) fn outcome(answered: Result<Answer, Failure>) -> DeliveryOutcome {
    match answered {
        Ok(Answer { code, retry_after }) => {
            let words = words(code);
            match code {
                200..=299 => DeliveryOutcome::Done(words),
                410 => DeliveryOutcome::Unsubscribed(words),
                400 | 405 | 406 | 411 | 413..=415 | 417 | 422 | 431 | 501 => DeliveryOutcome::Rejected(words),
                300..=399 => DeliveryOutcome::Rejected(format!(
                    "{words}: redirects are not followed, give the address they lead to"
                )),
                _ => DeliveryOutcome::Retry(words, retry_after),
            }
        }
        Err(Failure::Refused(why)) => DeliveryOutcome::Rejected(format!("the address {why}")),
        Err(Failure::Unreached(why)) => DeliveryOutcome::Retry(why, None),
    }
}

fn words(code: u16) -> String {
    format!("answered {code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;

    #[test]
    fn codes_map_to_outcomes() {
        let check = |codes: &[u16], expected: &str| {
            codes.iter().for_each(|code| {
                let code = *code;
                let outcome = outcome(Ok(Answer { code, retry_after: None }));
                let is = match outcome {
                    DeliveryOutcome::Done(_) => "done",
                    DeliveryOutcome::Retry(..) => "retry",
                    DeliveryOutcome::Rejected(_) => "rejected",
                    DeliveryOutcome::Unsubscribed(_) => "unsubscribed",
                };
                assert_eq!(is, expected, "{code}");
            })
        };
        check(&[200, 201, 202, 204, 299], "done");
        check(&[401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504, 599], "retry");
        check(&[301, 302, 307, 308, 400, 405, 413, 415, 422, 501], "rejected");
        check(&[410], "unsubscribed");
    }

    #[test]
    fn retry_after_is_kept() {
        let asked = Some(Millis(5_000));
        let outcome = outcome(Ok(Answer { code: 503, retry_after: asked }));
        assert_eq!(outcome, DeliveryOutcome::Retry("answered 503".into(), asked));
    }
}
