//! Groups, steps and periods add up.

use crate::made::{Scene, pick, scene};
use knock_report::{Aggregator, Ask, Builder, Dimension, Filter, MOST_ROWS, OTHER, Table, Touch, Visits};
use proptest::prelude::*;
use std::sync::Arc;

/// The places of the metrics that are numbers of things.
fn counts(scene: &Scene) -> impl Iterator<Item = usize> {
    let metrics = scene.report.metrics.iter().enumerate();
    metrics.filter(|(_, metric)| metric.aggregator == Aggregator::Count).map(|(place, _)| place)
}

/// The places of the metrics that are times added together, rounded in each row.
fn sums(scene: &Scene) -> impl Iterator<Item = usize> {
    let metrics = scene.report.metrics.iter().enumerate();
    metrics.filter(|(_, metric)| metric.aggregator == Aggregator::Sum).map(|(place, _)| place)
}

fn sum(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    values.sum()
}

fn add_up(scene: &Scene, table: &Table) -> Result<(), TestCaseError> {
    for place in counts(scene) {
        let name = scene.report.metrics[place].name;
        prop_assert_eq!(sum(table.rows.iter().map(|row| row.values[place])), table.total[place], "rows of {}", name);
        prop_assert_eq!(sum(table.series[place].iter().copied()), table.total[place], "steps of {}", name);
    }
    for place in sums(scene) {
        let name = scene.report.metrics[place].name;
        let rows: Vec<_> = table.rows.iter().map(|row| row.values[place]).collect();
        for parts in [&rows, &table.series[place]] {
            let difference = sum(parts.iter().copied()).zip(table.total[place]).map(|(sum, total)| (sum - total).abs());
            let most = 0.005 * (parts.len() + 1) as f64 + 1e-6;
            prop_assert!(difference.is_some_and(|difference| difference <= most), "{}: {:?}", name, parts);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn groups_and_steps_add_up_to_the_total(scene in scene()) {
        for group in Dimension::ALL {
            let scene = Scene { ask: Ask { group: Some(*group), ..scene.ask.clone() }, ..scene.clone() };
            add_up(&scene, &scene.table())?;
        }
    }

    #[test]
    fn the_order_of_persons_and_visits_does_not_matter(scene in scene()) {
        let mut turned = scene.clone();
        turned.persons.reverse();
        turned.visits.reverse();
        prop_assert_eq!(scene.table(), turned.table());
    }

    #[test]
    fn what_came_before_is_what_the_period_before_counts(scene in scene()) {
        let before = Ask { period: scene.ask.period.before(), ..scene.ask.clone() };
        let earlier = Scene { ask: before, ..scene.clone() };
        prop_assert_eq!(scene.table().previous, earlier.table().total);
    }

    #[test]
    fn a_filter_by_anything_gives_the_figures_of_its_row(scene in scene(), by in any::<u8>()) {
        let dimension = pick(Dimension::ALL, by);
        let grouped = Scene { ask: Ask { group: Some(dimension), ..scene.ask.clone() }, ..scene.clone() };
        for row in &grouped.table().rows {
            let filters = vec![Filter { dimension, value: row.key.clone() }];
            let filtered = Scene { ask: Ask { filters, ..scene.ask.clone() }, ..scene.clone() };
            prop_assert_eq!(&filtered.table().total, &row.values, "{:?} {}", dimension, row.key);
            // The store reads no more than that.
            prop_assert_eq!(&filtered.needed().table().total, &row.values, "{:?} {}", dimension, row.key);
        }
    }

    #[test]
    fn what_is_not_needed_changes_nothing(scene in scene(), by in any::<u8>()) {
        prop_assert_eq!(scene.needed().table(), scene.table());
        let group = Some(pick(Dimension::ALL, by));
        let grouped = Scene { ask: Ask { group, ..scene.ask.clone() }, ..scene };
        prop_assert_eq!(grouped.needed().table(), grouped.table());
    }

    #[test]
    fn what_has_no_row_is_in_the_last(scene in scene(), more in 1..40_usize) {
        let report = knock_report::report("sources").expect("a report");
        let group = Some(Dimension::Source);
        let ask = Ask { group, ..scene.ask.clone() };
        let (at, now) = (ask.period.start(), ask.period.end());
        let scene = Scene { report, ask, now, ..scene };
        let mut builder = Builder::new(scene.report, &scene.ask, &scene.calendars, scene.now);
        scene.persons.iter().for_each(|person| builder.person(person));
        for number in 0..MOST_ROWS + more {
            let touch = Touch { source: format!("source {number:04}"), ..Default::default() };
            builder.visits(&Visits { at, touch: Arc::new(touch), count: 1 });
        }
        let table = builder.finish();
        add_up(&scene, &table)?;
        prop_assert_eq!(table.rows.len(), MOST_ROWS + 1);
        prop_assert!(table.rows.iter().enumerate().all(|(place, row)| (row.key == OTHER) == (place == MOST_ROWS)));
    }
}
