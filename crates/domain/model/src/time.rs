//! Instants and spans as milliseconds.

use core::ops::{Add, Sub};

/// Milliseconds: an instant since 1970-01-01 UTC, or a span between two instants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Millis(pub i64);

impl Millis {
    /// One minute.
    pub const MINUTE: Millis = Millis(60_000);
    /// One day of 24 hours.
    pub const DAY: Millis = Millis(86_400_000);

    /// This span in minutes, to two decimals (RR-13).
    pub const fn in_minutes(self) -> f64 {
        self.0.saturating_mul(100).saturating_add(Millis::MINUTE.0 / 2).div_euclid(Millis::MINUTE.0) as f64 / 100.0
    }

    /// `count` days of 24 hours.
    pub const fn days(count: i64) -> Millis {
        Millis(count.saturating_mul(Millis::DAY.0))
    }
}

impl Add for Millis {
    type Output = Millis;
    fn add(self, other: Millis) -> Millis {
        Millis(self.0.saturating_add(other.0))
    }
}

impl Sub for Millis {
    type Output = Millis;
    fn sub(self, other: Millis) -> Millis {
        Millis(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_have_two_decimals_and_a_half_goes_up() {
        for (span, expected) in [(0, 0.0), (299, 0.0), (300, 0.01), (105_000, 1.75), (200_000, 3.33), (60_299, 1.0)] {
            assert_eq!(Millis(span).in_minutes(), expected, "{span}");
        }
    }
}
