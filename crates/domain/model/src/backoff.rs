//! The delay before the next attempt.

use crate::Millis;

/// Exponential backoff: the span doubles after each failure, and the caller draws a random share of it (full jitter), so
/// that clients do not retry at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The span after the first failure.
    pub first: Millis,
    pub longest: Millis,
}

impl Backoff {
    /// The span after so many failures in a row.
    pub const fn span(self, failures: u32) -> Millis {
        let doubled = if failures < 2 { 0 } else { failures - 1 };
        let span = self.first.0 << if doubled < 16 { doubled } else { 16 };
        if span < self.longest.0 { Millis(span) } else { self.longest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_double_up_to_the_longest() {
        let backoff = Backoff { first: Millis(500), longest: Millis(30_000) };
        let spans = [0, 1, 2, 4, 6, 7, 99, u32::MAX].map(|failures| backoff.span(failures).0);
        assert_eq!(spans, [500, 500, 1_000, 4_000, 16_000, 30_000, 30_000, 30_000]);
    }
}
