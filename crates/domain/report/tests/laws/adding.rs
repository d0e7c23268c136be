//! Groups, steps and periods add up.

use crate::made::{Scene, scene};
use knock_report::{Aggregator, Ask, Builder, Dimension, Filter, MOST_ROWS, OTHER, Table, Touch, Visits};
use proptest::prelude::*;
use std::sync::Arc;

/// The places of the metrics that are numbers of things.
fn counts(scene: &Scene) -> impl Iterator<Item = usize> {
    let metrics = scene.report.metrics.iter().enumerate();
    metrics.filter(|(_, metric)| metric.aggregator == Aggregator::Count).map(|(place, _)| place)
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
    fn a_filter_gives_the_figures_of_the_row(scene in scene()) {
        let table = scene.table();
        let dimension = scene.report.group_of(scene.ask.group);
        for row in &table.rows {
            let filters = vec![Filter { dimension, value: row.key.clone() }];
            let filtered = Scene { ask: Ask { filters, ..scene.ask.clone() }, ..scene.clone() };
            let total = filtered.table().total;
            prop_assert_eq!(&total, &row.values, "{}", row.key);
        }
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
