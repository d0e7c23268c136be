//! Rates of a backtest: their intervals, and where there is none.

use knock_intent::{Backtest, Tally, wilson};
use knock_model::Bucket;
use proptest::prelude::*;

/// The intervals equal those of other programs (R: `binom::binom.wilson`).
#[test]
fn intervals_are_those_of_the_books() {
    for (qualified, outcomes, low, high) in [
        (0, 10, 0.0, 0.277_5),
        (1, 10, 0.017_9, 0.404_2),
        (8, 10, 0.490_2, 0.943_3),
        (10, 10, 0.722_5, 1.0),
        (50, 100, 0.403_8, 0.596_2),
        (1, 1, 0.206_5, 1.0),
    ] {
        let rate = wilson(Tally { outcomes, qualified }).expect("there are outcomes");
        let seen = [rate.share, rate.low, rate.high];
        let expected = [f64::from(qualified) / f64::from(outcomes), low, high];
        let is_it = seen.iter().zip(expected).all(|(seen, expected)| (seen - expected).abs() < 0.000_05);
        assert!(is_it, "{qualified} of {outcomes}: {seen:?}");
    }
    assert_eq!(wilson(Tally::default()), None);
}

/// A history of so many outcomes of some scores, every second one qualified.
fn history(of: &[(f64, u32)]) -> Backtest {
    let mut backtest = Backtest::default();
    for (score, outcomes) in of {
        (0..*outcomes).for_each(|number| backtest.add(*score, number % 2 == 0));
    }
    backtest
}

#[test]
fn a_rate_needs_200_outcomes_in_all_and_10_of_its_own() {
    let few = history(&[(60.0, 199)]);
    assert!(!few.is_enough());
    assert_eq!(few.rate(few.bucket(Bucket::High)), None);

    let enough = history(&[(60.0, 181), (20.0, 10), (1.0, 9)]);
    assert!(enough.is_enough());
    for (bucket, outcomes, has_rate) in [(Bucket::High, 181, true), (Bucket::Medium, 10, true), (Bucket::Low, 9, false)]
    {
        let tally = enough.bucket(bucket);
        assert_eq!((tally.outcomes, enough.rate(tally).is_some()), (outcomes, has_rate), "{bucket:?}");
    }
    let share = enough.rate(enough.bucket(Bucket::Medium)).map(|rate| rate.share);
    assert_eq!(share, Some(0.5));
}

#[test]
fn scores_fall_into_buckets_and_bands_unrounded() {
    for (score, bucket, band) in [
        (0.0, Bucket::Low, 0),
        (9.99, Bucket::Low, 0),
        (10.0, Bucket::Low, 1),
        (17.99, Bucket::Low, 1),
        (18.0, Bucket::Medium, 1),
        (44.99, Bucket::Medium, 4),
        (45.0, Bucket::High, 4),
        (90.0, Bucket::High, 9),
        (100.0, Bucket::High, 9),
    ] {
        let backtest = history(&[(score, 1)]);
        assert_eq!(backtest.bucket(bucket).outcomes, 1, "{score}");
        assert_eq!(backtest.bands()[band].outcomes, 1, "{score}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn an_interval_holds_its_rate_and_lies_within_0_and_1(outcomes in 1..100_000u32, part in 0.0..=1.0f64) {
        let qualified = ((f64::from(outcomes) * part) as u32).min(outcomes);
        let rate = wilson(Tally { outcomes, qualified }).expect("there are outcomes");
        prop_assert!(0.0 <= rate.low && rate.low <= rate.share && rate.share <= rate.high && rate.high <= 1.0, "{rate:?}");
        prop_assert!(rate.high - rate.low > 0.0);
    }

    #[test]
    fn every_outcome_is_in_one_bucket_and_one_band(
        outcomes in proptest::collection::vec((0.0..=100.0f64, any::<bool>()), 0..100),
    ) {
        let mut backtest = Backtest::default();
        outcomes.iter().for_each(|(score, is_qualified)| backtest.add(*score, *is_qualified));
        let sum = |tallies: &[Tally]| {
            let add = |sum: Tally, one: &Tally| Tally {
                outcomes: sum.outcomes + one.outcomes,
                qualified: sum.qualified + one.qualified,
            };
            tallies.iter().fold(Tally::default(), add)
        };
        let buckets: Vec<Tally> = Bucket::ALL.iter().map(|bucket| backtest.bucket(*bucket)).collect();
        prop_assert_eq!(sum(&buckets), backtest.all());
        prop_assert_eq!(sum(&backtest.bands()), backtest.all());
        prop_assert_eq!(backtest.all().outcomes as usize, outcomes.len());
    }
}
