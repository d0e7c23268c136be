//! A number opens exactly what it counts.

use crate::made::{Scene, scene};
use knock_report::{Aggregator, Chosen, Item, Lister, Metric};
use proptest::prelude::*;

fn listed(scene: &Scene, metric: &'static Metric, chosen: Chosen<'_>) -> Vec<Item> {
    let lister = Lister::new(scene.report, &scene.ask, &scene.calendars, scene.now, metric, chosen);
    scene.persons.iter().flat_map(|person| lister.items(person)).collect()
}

/// The figure by the items alone.
fn agrees(metric: &Metric, items: &[Item], shown: Option<f64>) -> bool {
    let count = items.len() as f64;
    let mut values: Vec<i64> = items.iter().filter_map(|item| item.value).map(|value| value.0).collect();
    values.sort_unstable();
    let minutes = |millis: f64| (millis / 600.0).round() / 100.0;
    match metric.aggregator {
        Aggregator::Count => shown == Some(count),
        // Without the rest of the population only the ends are known.
        Aggregator::Share(_) => shown.unwrap_or(0.0) > 0.0 || items.is_empty(),
        Aggregator::Mean => {
            let sum: i64 = values.iter().sum();
            values.len() == items.len() && shown == (count > 0.0).then(|| minutes(sum as f64 / count))
        }
        Aggregator::Sum => values.len() == items.len() && shown == Some(minutes(values.iter().sum::<i64>() as f64)),
        Aggregator::Median | Aggregator::P90 => {
            let bounds = values.first().zip(values.last());
            let between = |(least, most): (&i64, &i64)| {
                shown.is_some_and(|shown| minutes(*least as f64) <= shown && shown <= minutes(*most as f64))
            };
            values.len() == items.len() && bounds.map_or(shown.is_none(), between)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_number_opens_the_items_that_it_counts(scene in scene()) {
        let table = scene.table();
        for (place, metric) in scene.report.metrics.iter().enumerate().filter(|(_, metric)| metric.opens()) {
            let total = listed(&scene, metric, Chosen::Total);
            prop_assert!(agrees(metric, &total, table.total[place]), "{} of all: {:?}", metric.name, total);
            let mut of_rows = 0;
            for row in &table.rows {
                let items = listed(&scene, metric, Chosen::Row(&row.key));
                prop_assert!(agrees(metric, &items, row.values[place]), "{} of {}", metric.name, row.key);
                of_rows += items.len();
            }
            prop_assert_eq!(of_rows, total.len(), "{}", metric.name);
        }
    }

    #[test]
    fn what_has_no_row_opens_as_other(scene in scene(), kept in 0..4_usize) {
        let mut table = scene.table();
        let dropped: Vec<_> = table.rows.drain(kept.min(table.rows.len())..).collect();
        for metric in scene.report.metrics.iter().filter(|metric| metric.opens()) {
            let other = listed(&scene, metric, Chosen::Other(&table));
            let apart = dropped.iter().map(|row| listed(&scene, metric, Chosen::Row(&row.key)).len());
            prop_assert_eq!(other.len(), apart.sum::<usize>(), "{}", metric.name);
        }
    }
}
