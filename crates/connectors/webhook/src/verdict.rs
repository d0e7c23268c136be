//! What an answer means for the delivery.

use knock_outbound::{Answer, Failure};
use knock_ports::Verdict;

/// The verdict on an attempt. Whatever may be better later is tried again: no network, no server, too much to do, a
/// receiver that is being set up and knows no such address yet. A request that is wrong stays wrong, so a person has to
/// look.
pub(crate) fn verdict(answered: Result<Answer, Failure>) -> Verdict {
    match answered {
        Ok(Answer { code, retry_after }) => {
            let told = told(code);
            match code {
                200..=299 => Verdict::Delivered(told),
                410 => Verdict::Gone(told),
                400 | 405 | 406 | 411 | 413..=415 | 417 | 422 | 431 | 501 => Verdict::Never(told),
                300..=399 => {
                    Verdict::Never(format!("{told}: redirects are not followed, give the address they lead to"))
                }
                _ => Verdict::Later(told, retry_after),
            }
        }
        Err(Failure::Refused(why)) => Verdict::Never(format!("the address {why}")),
        Err(Failure::Unreached(why)) => Verdict::Later(why, None),
    }
}

fn told(code: u16) -> String {
    format!("answered {code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;

    #[test]
    fn codes_are_judged_by_the_table() {
        let check = |codes: &[u16], expected: &str| {
            codes.iter().for_each(|code| {
                let code = *code;
                let verdict = verdict(Ok(Answer { code, retry_after: None }));
                let is = match verdict {
                    Verdict::Delivered(_) => "delivered",
                    Verdict::Later(..) => "later",
                    Verdict::Never(_) => "never",
                    Verdict::Gone(_) => "gone",
                };
                assert_eq!(is, expected, "{code}");
            })
        };
        check(&[200, 201, 202, 204, 299], "delivered");
        check(&[401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504, 599], "later");
        check(&[301, 302, 307, 308, 400, 405, 413, 415, 422, 501], "never");
        check(&[410], "gone");
    }

    #[test]
    fn a_wish_to_wait_is_kept() {
        let asked = Some(Millis(5_000));
        let verdict = verdict(Ok(Answer { code: 503, retry_after: asked }));
        assert_eq!(verdict, Verdict::Later("answered 503".into(), asked));
    }
}
