//! What an answer of the server means for a batch, and when to try again.

use crate::outbox::json::number;
use knock_model::Millis;

const FIRST: i64 = 1_000;
const LONGEST: i64 = 60_000;
/// A server that asks for more patience gets this much, in seconds.
const TOLD_MAX: i64 = 3_600;

/// What to do with a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It has arrived.
    Delivered,
    /// It will never be taken.
    Refused,
    /// Try again, by our own backoff.
    Later,
    /// Try again, not before this much time has passed.
    NotBefore(Millis),
}

/// The verdict for a status code (0: no answer at all) and a `Retry-After` header (empty: none).
pub(crate) fn judge(status_code: i64, retry_after: &str) -> Verdict {
    match status_code {
        200..=299 => Verdict::Delivered,
        408 | 429 | 500..=599 => match number(retry_after) {
            // None, a date or nonsense: our own backoff does as well.
            0 => Verdict::Later,
            seconds => Verdict::NotBefore(Millis(seconds.min(TOLD_MAX) * 1_000)),
        },
        400..=499 => Verdict::Refused,
        _ => Verdict::Later,
    }
}

/// How long to wait after so many failures in a row: exponential, with full jitter from random bits.
pub(crate) fn backoff(failures: u32, random: u32) -> Millis {
    let exponent = failures.saturating_sub(1).min(10);
    let longest = (FIRST << exponent).min(LONGEST);
    Millis((longest * i64::from(random)) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_code_has_its_verdict() {
        let cases = [
            (200, "", Verdict::Delivered),
            (202, "5", Verdict::Delivered),
            (400, "", Verdict::Refused),
            (401, "", Verdict::Refused),
            (403, "", Verdict::Refused),
            (404, "", Verdict::Refused),
            (410, "", Verdict::Refused),
            (413, "", Verdict::Refused),
            (415, "", Verdict::Refused),
            (422, "3", Verdict::Refused),
            (408, "", Verdict::Later),
            (429, "", Verdict::Later),
            (429, "7", Verdict::NotBefore(Millis(7_000))),
            (429, "0", Verdict::Later),
            (503, "120", Verdict::NotBefore(Millis(120_000))),
            (503, "4294967295", Verdict::NotBefore(Millis(3_600_000))),
            (503, "Fri, 31 Dec 1999 23:59:59 GMT", Verdict::Later),
            (500, "-1", Verdict::Later),
            (502, "", Verdict::Later),
            (0, "", Verdict::Later),
            (302, "", Verdict::Later),
        ];
        for (status_code, retry_after, expected) in cases {
            assert_eq!(judge(status_code, retry_after), expected, "{status_code} {retry_after}");
        }
    }

    #[test]
    fn the_wait_doubles_to_a_minute_and_is_spread_over_the_whole_span() {
        let longest: Vec<i64> = (1..=9).map(|failures| backoff(failures, u32::MAX).0).collect();
        assert_eq!(longest, [999, 1_999, 3_999, 7_999, 15_999, 31_999, 59_999, 59_999, 59_999]);
        assert_eq!(backoff(5, 0), Millis(0));
        assert_eq!(backoff(5, u32::MAX / 2), Millis(7_999));
        assert_eq!(backoff(u32::MAX, u32::MAX), Millis(59_999));
        assert_eq!(backoff(0, u32::MAX), Millis(999));
    }
}
