//! `Knock: Intent Score`: points from evidence at an instant (`docs/domain.md`, Score).

use crate::decay::remaining;
use crate::evidence::Evidence;
use crate::profile::profile;
use knock_model::{Bucket, Category, Millis};

const COUNT: usize = Category::ALL.len();
/// The damping of a pure job seeker's points.
const JOB_DAMPING: f64 = 0.6;
/// Evidence that gives 63 of 100 engagement points.
const ENGAGEMENT_SATURATION: f64 = 20.0;

/// The score of evidence at an instant, with all parts of its explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// 0 to 100, not rounded.
    pub score: f64,
    /// The bucket, from the unrounded score (IF-01).
    pub bucket: Bucket,
    /// 0 to 100, whole: all activity, whatever its intent (RO-19).
    pub engagement: u8,
    /// The factor left by the job signals: 1 without any.
    pub damping: f64,
    /// Points of each category after damping, in the order of `Category::ALL`.
    pub points: [f64; COUNT],
    /// The next instant at which the bucket changes if nothing else happens.
    pub next_change_at: Option<Millis>,
    now: Millis,
    raw: [f64; COUNT],
}

impl Scored {
    /// Whether anything is left of a category.
    pub fn has_evidence(&self, category: Category) -> bool {
        self.raw[category.index()] > 0.0
    }

    /// The points that an action of `strength` done at `at` gave to this score.
    pub fn contribution(&self, category: Category, strength: f64, at: Millis) -> f64 {
        let at_index = category.index();
        if self.raw[at_index] <= 0.0 {
            return 0.0;
        }
        let own = strength * remaining(at, self.now, profile(category).half_life_days);
        self.points[at_index] * own / self.raw[at_index]
    }
}

/// Scores `evidence` at `now`.
pub fn score(evidence: &Evidence, now: Millis) -> Scored {
    let raw: [f64; COUNT] = core::array::from_fn(|at| evidence.raw(Category::ALL[at], now));
    let damping = damping(&raw);
    let points: [f64; COUNT] = core::array::from_fn(|at| points(Category::ALL[at], raw[at]) * damping);
    let sum: f64 = points.iter().sum();
    let score = sum.clamp(0.0, 100.0);
    let bucket = bucket_of(score);
    let activity: f64 = raw.iter().sum();
    let engagement = libm::round(100.0 * saturated(activity, ENGAGEMENT_SATURATION)) as u8;
    let next_change_at = next_change(evidence, bucket, now);
    Scored { score, bucket, engagement, damping, points, next_change_at, now, raw }
}

/// The lower limit of `High`.
pub const HIGH_FROM: f64 = 45.0;
/// The lower limit of `Medium`.
pub const MEDIUM_FROM: f64 = 18.0;

/// The bucket of an unrounded score; the thresholds are the same for everybody (IF-11).
pub fn bucket_of(score: f64) -> Bucket {
    if score >= HIGH_FROM {
        Bucket::High
    } else if score >= MEDIUM_FROM {
        Bucket::Medium
    } else {
        Bucket::Low
    }
}

fn points(category: Category, raw: f64) -> f64 {
    let profile = profile(category);
    profile.ceiling * saturated(raw, profile.saturation)
}

fn saturated(raw: f64, saturation: f64) -> f64 {
    1.0 - libm::exp(-raw / saturation)
}

fn damping(raw: &[f64; COUNT]) -> f64 {
    let job = raw[Category::Job.index()];
    let counting = Category::ALL.iter().filter(|category| profile(**category).ceiling > 0.0);
    let all = job + counting.map(|category| raw[category.index()]).sum::<f64>();
    if all > 0.0 { 1.0 - JOB_DAMPING * job / all } else { 1.0 }
}

/// Job signals decay slowest, so the score only falls with time: bisection finds the instant.
pub(crate) fn next_change(evidence: &Evidence, bucket: Bucket, now: Millis) -> Option<Millis> {
    if bucket == Bucket::Low {
        return None;
    }
    let is_same = |at: Millis| bucket_at(evidence, at) == bucket;
    let mut step = Millis::DAY;
    let mut same = now;
    while is_same(now + step) {
        same = now + step;
        // Later than instants go.
        if same.0 == i64::MAX {
            return None;
        }
        step = step + step;
    }
    let mut changed = now + step;
    while (changed - same).0 > 1 {
        let middle = Millis(same.0 + (changed - same).0 / 2);
        if is_same(middle) {
            same = middle;
        } else {
            changed = middle;
        }
    }
    Some(changed)
}

/// The bucket at an instant, and no more.
pub(crate) fn bucket_at(evidence: &Evidence, now: Millis) -> Bucket {
    bucket_of(points_at(evidence, now))
}

/// The score at an instant, and no more: 0 to 100, not rounded.
pub fn points_at(evidence: &Evidence, now: Millis) -> f64 {
    let raw: [f64; COUNT] = core::array::from_fn(|at| evidence.raw(Category::ALL[at], now));
    let damping = damping(&raw);
    let sum: f64 = Category::ALL.iter().map(|category| points(*category, raw[category.index()]) * damping).sum();
    sum.clamp(0.0, 100.0)
}
