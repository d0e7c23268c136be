//! The course of a score against the score itself.

use knock_intent::{Course, Evidence, Weighed, course, score};
use knock_model::{Category, Millis, SignalId};
use proptest::prelude::*;

const NOW: Millis = Millis(1_780_315_200_000);
const DAYS_90: Millis = Millis::days(90);

fn signal(number: u16, days: i64, category: Category, strength: f64) -> Weighed {
    let at = NOW - Millis::days(days);
    let mut random = [0; 10];
    random[8..].copy_from_slice(&number.to_be_bytes());
    Weighed { id: SignalId::new(at, &random), at, category, strength }
}

/// The score of what had happened by an instant.
fn score_by(before: &Evidence, signals: &[Weighed], at: Millis) -> f64 {
    let mut evidence = before.clone();
    let by_then = signals.iter().filter(|signal| signal.at.min(NOW) <= at);
    by_then.for_each(|signal| evidence.add(signal.category, signal.strength, signal.at));
    score(&evidence, at).score
}

fn shown(signals: &[Weighed]) -> Course {
    course(&Evidence::default(), signals, NOW - DAYS_90, NOW)
}

#[test]
fn a_form_moves_the_score_and_a_home_page_does_not() {
    let signals = [
        signal(1, 20, Category::Home, 1.0),
        signal(2, 10, Category::Demo, 8.0),
        signal(3, 5, Category::Job, 30.0),
        signal(4, 1, Category::Pricing, 0.0),
    ];
    let Course { samples, moves, left_out } = shown(&signals);
    let seen: Vec<_> = moves.iter().map(|moved| (moved.signal, moved.category, moved.by > 0.0)).collect();
    assert_eq!(seen, [(signals[1].id, Category::Demo, true), (signals[2].id, Category::Job, false)]);
    assert_eq!(left_out, 0);
    // It begins with the first signal, and the rise is a step.
    assert_eq!(samples.first().map(|sample| sample.at), Some(signals[0].at));
    let at = |at: Millis| samples.iter().find(|sample| sample.at == at).map(|sample| sample.score).expect("a sample");
    let rise = at(signals[1].at) - at(signals[1].at - Millis(1));
    assert!((rise - moves[0].by).abs() < 0.01 && rise > 40.0, "{rise}");
}

#[test]
fn there_is_no_course_without_signals_or_after_the_end() {
    assert_eq!(shown(&[]), Course::default());
    let past = [signal(1, 200, Category::Demo, 8.0)];
    assert_eq!(shown(&past).samples.first().map(|sample| sample.at), Some(NOW - DAYS_90));
    assert_eq!(course(&Evidence::default(), &past, NOW + Millis(1), NOW), Course::default());
}

#[test]
fn what_went_before_counts_from_the_beginning() {
    let mut before = Evidence::default();
    before.add(Category::Demo, 8.0, NOW - Millis::days(91));
    let Course { samples, moves, .. } = course(&before, &[], NOW - DAYS_90, NOW);
    assert!(moves.is_empty());
    assert!(samples[0].score > 40.0 && samples[0].at == NOW - DAYS_90, "{:?}", samples[0]);
}

#[test]
fn a_later_end_shows_as_many_samples() {
    let signals = [signal(1, 20, Category::Demo, 8.0)];
    let shown_at = |later| course(&Evidence::default(), &signals, NOW - DAYS_90, NOW + Millis(later));
    for later in 0..200 {
        let samples = shown_at(later).samples;
        assert_eq!((samples.len(), samples.last().map(|sample| sample.at)), (100, Some(NOW + Millis(later))));
    }
}

#[test]
fn a_lead_who_does_much_has_a_bounded_course() {
    // Each category anew when much of the last time has faded.
    let signals: Vec<Weighed> = (0..150u16)
        .map(|number| {
            let category = Category::ALL[usize::from(number) % Category::ALL.len()];
            signal(number, 89 - i64::from(number) * 89 / 150, category, 1.0)
        })
        .collect();
    let Course { samples, moves, left_out } = shown(&signals);
    assert_eq!(moves.len(), 50);
    assert!(left_out > 0 && samples.len() <= 202, "{left_out} {}", samples.len());
    let least = moves.iter().map(|moved| moved.by.abs()).fold(f64::MAX, f64::min);
    assert!(least >= 1.0);
}

fn signals() -> impl Strategy<Value = Vec<Weighed>> {
    let category = proptest::sample::select(Category::ALL);
    let strength = proptest::sample::select([0.0, 0.5, 1.0, 3.0, 8.0, 12.0].as_slice());
    // A clock may be ahead a little.
    proptest::collection::vec((category, strength, -1..120i64, any::<u16>()), 0..40).prop_map(|made| {
        let made = made.into_iter();
        let mut signals: Vec<Weighed> =
            made.map(|(category, strength, days, number)| signal(number, days, category, strength)).collect();
        signals.sort_by_key(|signal| (signal.at, signal.id));
        signals
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_sample_is_the_score_then_and_the_last_one_is_now(signals in signals()) {
        let Course { samples, moves, .. } = shown(&signals);
        for sample in &samples {
            let expected = score_by(&Evidence::default(), &signals, sample.at);
            prop_assert_eq!(sample.score.to_bits(), expected.to_bits(), "at {:?}", sample.at);
        }
        prop_assert!(samples.is_sorted_by_key(|sample| sample.at));
        if !signals.is_empty() {
            prop_assert_eq!(samples.last().map(|sample| sample.at), Some(NOW));
        }
        for moved in moves {
            prop_assert!(moved.by.abs() >= 1.0);
            prop_assert!(samples.iter().any(|sample| sample.at == moved.at));
        }
    }
}
