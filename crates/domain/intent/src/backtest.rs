//! Backtest: how often leads qualified, by the score they had just before it was decided.

use crate::score::bucket_of;
use knock_model::Bucket;

/// With fewer outcomes in all, no rate is given.
pub const ENOUGH_OUTCOMES: u32 = 200;
/// With fewer outcomes in a bucket or a band, it has no rate.
pub const ENOUGH_OF_ONE: u32 = 10;
/// Bands of 10 points.
pub const BANDS: usize = 10;

/// The normal distribution has 2.5 % beyond it.
const Z: f64 = 1.959_963_984_540_054;

/// Leads whose outcome is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those who became `Qualified` or `Rejected`.
    pub outcomes: u32,
    /// Those of them who became `Qualified`.
    pub qualified: u32,
}

/// A share of leads with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// The share that was seen.
    pub share: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Outcomes by the score before them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backtest {
    all: Tally,
    buckets: [Tally; Bucket::ALL.len()],
    bands: [Tally; BANDS],
}

impl Tally {
    fn add(&mut self, is_qualified: bool) {
        self.outcomes += 1;
        self.qualified += u32::from(is_qualified);
    }
}

impl Backtest {
    /// Adds a lead by the unrounded score just before the outcome.
    pub fn add(&mut self, score: f64, is_qualified: bool) {
        self.all.add(is_qualified);
        self.buckets[bucket_of(score).index()].add(is_qualified);
        self.bands[((score / 10.0) as usize).min(BANDS - 1)].add(is_qualified);
    }

    /// All leads.
    pub const fn all(&self) -> Tally {
        self.all
    }

    /// Those of a bucket.
    pub const fn bucket(&self, bucket: Bucket) -> Tally {
        self.buckets[bucket.index()]
    }

    /// Those of each band of 10 points, the lowest first; the last one ends with 100.
    pub const fn bands(&self) -> [Tally; BANDS] {
        self.bands
    }

    /// Whether there are enough outcomes for any rate.
    pub const fn is_enough(&self) -> bool {
        self.all.outcomes >= ENOUGH_OUTCOMES
    }

    /// The rate of `Qualified` of a tally of these outcomes; none where there are too few of them, or in all.
    pub fn rate(&self, of: Tally) -> Option<Rate> {
        let is_enough = self.is_enough() && of.outcomes >= ENOUGH_OF_ONE;
        is_enough.then(|| wilson(of)).flatten()
    }
}

/// The Wilson score interval of a share: unlike the usual one it is sound for few leads, and for shares near 0 and 1.
pub fn wilson(of: Tally) -> Option<Rate> {
    if of.outcomes == 0 {
        return None;
    }
    let count = f64::from(of.outcomes);
    let share = f64::from(of.qualified) / count;
    let middle = share + Z * Z / (2.0 * count);
    let half = Z * libm::sqrt(share * (1.0 - share) / count + Z * Z / (4.0 * count * count));
    let scale = 1.0 + Z * Z / count;
    // Rounding must not leave the share outside of its own interval.
    let (low, high) = (((middle - half) / scale).clamp(0.0, share), ((middle + half) / scale).clamp(share, 1.0));
    Some(Rate { share, low, high })
}
