//! What a figure is made of while items are counted.

use crate::item::Item;
use crate::metric::{Aggregator, Metric};
use alloc::vec::Vec;
use knock_model::Millis;

/// The items of a metric in a group, a step, or the whole period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The items, or what they stand for.
    weight: u64,
    /// Those for which the condition of a share holds.
    hits: u64,
    /// All durations together; a mean and a sum need nothing else.
    sum: i128,
    /// Each duration, where the figure depends on their order.
    values: Vec<i64>,
}

impl Cell {
    pub(crate) fn add(&mut self, item: &Item, metric: &Metric) {
        self.weight = self.weight.saturating_add(item.weight);
        if item.is_hit {
            self.hits = self.hits.saturating_add(item.weight);
        }
        match (metric.aggregator, item.value) {
            (Aggregator::Mean | Aggregator::Sum, Some(value)) => self.sum += i128::from(value.0),
            (Aggregator::Median | Aggregator::P90, Some(value)) => self.values.push(value.0),
            (Aggregator::Count | Aggregator::Share(_), _) | (_, None) => {}
        }
    }

    /// Adds all items of another cell of the same metric.
    pub(crate) fn merge(&mut self, other: Cell) {
        self.weight = self.weight.saturating_add(other.weight);
        self.hits = self.hits.saturating_add(other.hits);
        self.sum += other.sum;
        self.values.extend(other.values);
    }

    /// The figure: a number, per cent or minutes; none without data.
    pub(crate) fn value(&mut self, aggregator: Aggregator) -> Option<f64> {
        match aggregator {
            Aggregator::Count => Some(self.weight as f64),
            Aggregator::Share(_) => hundredths(i128::from(self.hits) * 100, i128::from(self.weight)),
            Aggregator::Mean => minutes(self.sum, i128::from(self.weight)),
            // What did not happen took no time.
            Aggregator::Sum => minutes(self.sum, 1),
            Aggregator::Median => {
                self.values.sort_unstable();
                let count = self.values.len();
                let upper = self.values.get(count / 2)?;
                let lower = self.values.get(count.saturating_sub(1) / 2)?;
                minutes(i128::from(*lower) + i128::from(*upper), 2)
            }
            Aggregator::P90 => {
                self.values.sort_unstable();
                let rank = (self.values.len() * 9).div_ceil(10);
                minutes(i128::from(*self.values.get(rank.checked_sub(1)?)?), 1)
            }
        }
    }
}

/// A sum of milliseconds, divided, in minutes.
fn minutes(sum: i128, by: i128) -> Option<f64> {
    hundredths(sum, by * i128::from(Millis::MINUTE.0))
}

/// A quotient rounded to two decimals, a half away from zero; none where nothing divides it. It is exact up to here: no
/// figure depends on the order in which its items came.
fn hundredths(sum: i128, by: i128) -> Option<f64> {
    if by <= 0 {
        return None;
    }
    let half = if sum < 0 { -by } else { by };
    Some(((sum * 200 + half) / (by * 2)) as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::metric;
    use crate::condition::Condition;

    fn figure(name: &str, values: &[i64]) -> Option<f64> {
        let metric = metric(name).expect("a metric");
        let mut cell = Cell::default();
        for value in values {
            let value = Some(Millis(*value));
            let item = Item { lead: None, at: Millis(0), weight: 1, value, is_hit: true, rep: None };
            cell.add(&item, metric);
        }
        cell.value(metric.aggregator)
    }

    #[test]
    fn the_median_of_an_even_number_is_between_the_middle_two() {
        assert_eq!(figure("first_reply_median", &[]), None);
        assert_eq!(figure("first_reply_median", &[60_000]), Some(1.0));
        assert_eq!(figure("first_reply_median", &[180_000, 60_000]), Some(2.0));
        assert_eq!(figure("first_reply_median", &[600_000, 60_000, 120_000]), Some(2.0));
        assert_eq!(figure("first_reply_median", &[240_000, 60_000, 600_000, 120_000]), Some(3.0));
    }

    #[test]
    fn the_percentile_is_a_value_that_occurred() {
        let minutes: Vec<i64> = (1..=10).map(|minute| minute * 60_000).collect();
        assert_eq!(figure("first_reply_p90", &minutes), Some(9.0));
        assert_eq!(figure("first_reply_p90", &[60_000]), Some(1.0));
        assert_eq!(figure("first_reply_p90", &[60_000, 120_000]), Some(2.0));
        assert_eq!(figure("first_reply_p90", &[]), None);
    }

    #[test]
    fn a_half_of_a_hundredth_is_rounded_up() {
        for (values, expected) in [([299, 299], 0.0), ([300, 300], 0.01), ([299, 300], 0.0), ([299, 301], 0.01)] {
            assert_eq!(figure("first_reply_mean", &values), Some(expected), "{values:?}");
            assert_eq!(figure("first_reply_median", &values), Some(expected), "{values:?}");
        }
        assert_eq!(figure("first_reply_mean", &[]), None);
    }

    #[test]
    fn a_sum_is_exact_up_to_the_last_item() {
        assert_eq!(figure("agent_time", &[]), Some(0.0));
        assert_eq!(figure("agent_time", &[90_000, 30_000, 60_000]), Some(3.0));
        assert_eq!(figure("agent_time", &[100; 6]), Some(0.01));
    }

    #[test]
    fn a_share_has_two_decimals_and_needs_items() {
        let share =
            |hits: u64, weight: u64| Cell { hits, weight, ..Cell::default() }.value(Aggregator::Share(Condition::Held));
        assert_eq!((share(1, 3), share(2, 3), share(0, 7)), (Some(33.33), Some(66.67), Some(0.0)));
        assert_eq!((share(7, 7), share(0, 0)), (Some(100.0), None));
    }
}
