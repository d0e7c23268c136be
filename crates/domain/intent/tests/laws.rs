//! Laws of the score that hold for every history (`docs/domain.md`, Score).

use knock_intent::{Evidence, Scored, profile, score, strength};
use knock_model::{Bucket, Category, Millis, SignalType};
use proptest::prelude::*;

/// The last instant of a browser's clock (ECMAScript).
const LATEST: i64 = 8_640_000_000_000_000;
const NOW: Millis = Millis(1_780_315_200_000);

type Done = (Category, SignalType, i64);

fn done() -> impl Strategy<Value = Done> {
    let category = proptest::sample::select(Category::ALL);
    let kind = proptest::sample::select(SignalType::ALL);
    // Also what lies so far back that the summary drops it.
    let days = proptest::sample::select([1, 30, 120, 1_000].as_slice());
    (category, kind, days.prop_flat_map(|days| 0..days * Millis::DAY.0))
}

fn history() -> impl Strategy<Value = Vec<Done>> {
    proptest::collection::vec(done(), 0..60)
}

fn evidence(history: &[Done]) -> Evidence {
    let mut evidence = Evidence::default();
    for (category, kind, age) in history {
        evidence.add(*category, strength(*kind), NOW - Millis(*age));
    }
    evidence
}

fn scored(history: &[Done]) -> Scored {
    score(&evidence(history), NOW)
}

fn is_job(done: &Done) -> bool {
    done.0 == Category::Job
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn order_of_arrival_changes_nothing(history in history(), seed in any::<u64>()) {
        let mut shuffled = history.clone();
        let count = shuffled.len().max(1);
        shuffled.sort_by_key(|done| (done.2 as u64).wrapping_mul(seed | 1) % 97);
        shuffled.rotate_left(seed as usize % count);
        prop_assert_eq!(evidence(&history), evidence(&shuffled));
    }

    #[test]
    fn merging_is_exact(a in history(), b in history(), c in history()) {
        let (ea, eb, ec) = (evidence(&a), evidence(&b), evidence(&c));
        let mut left = ea.clone();
        left.merge(&eb);
        left.merge(&ec);
        let mut right = ec.clone();
        right.merge(&eb);
        right.merge(&ea);
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(&left, &evidence(&[a, b, c].concat()));
        prop_assert_eq!(Evidence::from_text(&left.to_text()), Ok(left));
    }

    #[test]
    fn whatever_was_added_is_read_back(
        added in proptest::collection::vec((proptest::sample::select(Category::ALL), 0.0..1e12, -1..=LATEST), 0..20),
    ) {
        let mut evidence = Evidence::default();
        for (category, strength, at) in added {
            evidence.add(category, strength, Millis(at));
        }
        prop_assert_eq!(Evidence::from_text(&evidence.to_text()), Ok(evidence));
    }

    #[test]
    fn the_score_is_bounded_and_no_category_exceeds_its_ceiling(history in history()) {
        let scored = scored(&history);
        prop_assert!((0.0..=100.0).contains(&scored.score));
        prop_assert!(scored.engagement <= 100);
        for category in Category::ALL {
            prop_assert!(scored.points[category.index()] <= profile(*category).ceiling);
        }
    }

    #[test]
    fn a_job_signal_never_raises_the_score(history in history(), kind in proptest::sample::select(SignalType::ALL), age in 0..120 * Millis::DAY.0) {
        let before = scored(&history).score;
        let mut more = history;
        more.push((Category::Job, kind, age));
        prop_assert!(scored(&more).score <= before + 1e-9);
    }

    #[test]
    fn a_signal_never_lowers_somebody_without_job_signals(history in history(), one in done()) {
        let mut history = history;
        history.retain(|done| !is_job(done));
        let before = scored(&history).score;
        history.push(one);
        prop_assert!(is_job(&one) || scored(&history).score >= before - 1e-9);
    }

    #[test]
    fn time_alone_never_raises_the_score(history in history(), later in 0..90 * Millis::DAY.0) {
        let evidence = evidence(&history);
        prop_assert!(score(&evidence, NOW + Millis(later)).score <= score(&evidence, NOW).score + 1e-9);
    }

    #[test]
    fn contributions_add_up_to_the_score(history in history()) {
        let scored = scored(&history);
        let sum: f64 = history.iter().map(|(category, kind, age)| scored.contribution(*category, strength(*kind), NOW - Millis(*age))).sum();
        prop_assert!(sum >= 100.0 || (sum - scored.score).abs() < 1e-6, "{} {}", sum, scored.score);
    }

    #[test]
    fn the_bucket_changes_exactly_when_predicted(history in history()) {
        let evidence = evidence(&history);
        let now = score(&evidence, NOW);
        match now.next_change_at {
            None => prop_assert_eq!(now.bucket, Bucket::Low),
            Some(at) => {
                prop_assert_eq!(score(&evidence, at - Millis(1)).bucket, now.bucket);
                prop_assert!(score(&evidence, at).bucket < now.bucket);
            }
        }
    }
}
