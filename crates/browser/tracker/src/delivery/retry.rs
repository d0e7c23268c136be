//! The verdict of a response on a batch, and the backoff of retries.

use knock_model::{Backoff, Millis};

const WAITS: Backoff = Backoff { first: Millis(1_000), longest: Millis(60_000) };
/// The longest pause that a server can ask for, in seconds.
const RETRY_AFTER_MAX: i64 = 3_600;

/// How to go on with a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Delivered,
    /// It will never be taken; another one may be.
    Refused,
    /// It is too large: try again in halves.
    Smaller,
    /// Nothing of this page will ever be taken.
    Closed,
    /// Try again, by our own backoff.
    Later,
    /// Try again, not before this much time has passed.
    NotBefore(Millis),
}

/// The verdict for a status code (0: no answer at all) and a `Retry-After` in seconds (0: none, or no number).
pub(crate) fn judge(status_code: i64, retry_after: i64) -> Verdict {
    match status_code {
        200..=299 => Verdict::Delivered,
        413 => Verdict::Smaller,
        // Too early, too many, too slow: the same batch may be taken later.
        408 | 425 | 429 | 500..=599 if retry_after > 0 => {
            Verdict::NotBefore(Millis(retry_after.min(RETRY_AFTER_MAX) * 1_000))
        }
        408 | 425 | 429 => Verdict::Later,
        // The site, the page or the address is refused: retrying is of no use.
        401 | 403..=405 | 410 | 415 => Verdict::Closed,
        400..=499 => Verdict::Refused,
        _ => Verdict::Later,
    }
}

/// How long to wait after so many failures in a row: exponential, with full jitter from random bits.
pub(crate) fn backoff(failures: u32, random: u32) -> Millis {
    Millis((WAITS.span(failures).0 * i64::from(random)) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Closed, Delivered, Later, NotBefore, Refused, Smaller};

    #[test]
    fn every_status_code_has_its_verdict() {
        let cases = [
            (200, 0, Delivered),
            (202, 5, Delivered),
            (400, 0, Refused),
            (402, 0, Refused),
            (422, 3, Refused),
            (413, 0, Smaller),
            (401, 0, Closed),
            (403, 0, Closed),
            (404, 0, Closed),
            (405, 0, Closed),
            (410, 0, Closed),
            (415, 0, Closed),
            (408, 0, Later),
            (425, 0, Later),
            (429, 0, Later),
            (429, 7, NotBefore(Millis(7_000))),
            (503, 120, NotBefore(Millis(120_000))),
            (503, 4_294_967_295, NotBefore(Millis(3_600_000))),
            (500, 0, Later),
            (500, -1, Later),
            (502, 0, Later),
            (0, 0, Later),
            (0, 9, Later),
            (302, 0, Later),
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
