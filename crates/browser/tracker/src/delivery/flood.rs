//! Rate limit of API calls, for pages that call in a loop by mistake.

use crate::session::since;
use knock_model::Millis;

/// Milliseconds of credit per call: ten calls a second.
const COST: i64 = 100;
/// Credit of a burst: 300 calls.
const MOST: i64 = 300 * COST;

/// Credit of calls: a millisecond that passes gives one, up to [`MOST`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flood {
    /// The instant of the last call, and the credit then.
    last: Option<(Millis, i64)>,
}

impl Flood {
    /// Before the first call.
    pub(crate) const NEW: Flood = Flood { last: None };

    /// Whether one more call may count now.
    pub(crate) fn allows(&mut self, at: Millis) -> bool {
        let credit = self.last.map_or(MOST, |(last, credit)| (since(last, at).max(0) + credit).min(MOST));
        let is_allowed = credit >= COST;
        self.last = Some((at, if is_allowed { credit - COST } else { credit }));
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_hundred_calls_at_once_and_ten_a_second_after_that() {
        let mut flood = Flood::NEW;
        let mut count = |from: i64, step: i64, calls: i64| {
            (0..calls).filter(|call| flood.allows(Millis(from + call * step))).count()
        };
        assert_eq!(count(0, 0, 10_000), 300);
        assert_eq!(count(1_000, 1, 1_000), 19, "a second's worth, and what comes meanwhile");
        assert_eq!(count(60_000, 0, 10_000), 300);
        assert_eq!(count(0, 0, 10), 0, "a clock put back gives nothing");
    }
}
