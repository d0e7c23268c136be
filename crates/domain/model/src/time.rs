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
