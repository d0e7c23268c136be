//! The figures of several periods together, such as four Mondays.

use super::{Builder, figures};
use alloc::vec::Vec;

impl Builder<'_> {
    /// The figures of what builders of one report have counted by now in their periods, all together and in the order of
    /// its metrics: a median is that of all items, not of medians. Empty without a builder.
    pub fn together(builders: &[&Builder<'_>]) -> Vec<Option<f64>> {
        let Some((first, others)) = builders.split_first() else { return Vec::new() };
        let mut cells = first.counts.total.clone();
        for other in others {
            cells.iter_mut().zip(&other.counts.total).for_each(|(sum, cell)| sum.merge(cell.clone()));
        }
        figures(first.question.report.metrics, cells)
    }
}
