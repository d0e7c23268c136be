//! A report: figures that are read together.

use crate::dimension::Dimension;
use crate::metric::{Anchor, Metric};

/// Figures that are read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The name in its path.
    pub name: &'static str,
    /// The name on pages.
    pub label: &'static str,
    /// What it is about, in a sentence.
    pub definition: &'static str,
    /// Its figures, in the order of its columns.
    pub metrics: &'static [&'static Metric],
    /// What its rows can be, the usual one first.
    pub groups: &'static [Dimension],
    /// The instants between which it gives a choice, the usual one first; none where there is no choice.
    pub anchors: &'static [Anchor],
}

impl Report {
    /// The figure with this name, if the report has it.
    pub fn metric(&self, name: &str) -> Option<&'static Metric> {
        self.metrics.iter().copied().find(|metric| metric.name == name)
    }

    /// What its rows are.
    pub fn group_of(&self, asked: Option<Dimension>) -> Dimension {
        asked.or(self.groups.first().copied()).unwrap_or(Dimension::Day)
    }

    /// The instant at which items of a metric count: the one that was asked for, else the usual one of the report, else
    /// that of the metric; the first of them that the metric has.
    pub fn anchor_of(&self, metric: &Metric, asked: Option<Anchor>) -> Anchor {
        let wanted = [asked, self.anchors.first().copied(), metric.anchors.first().copied()];
        let known = wanted.into_iter().flatten().find(|anchor| metric.anchors.contains(anchor));
        known.unwrap_or(Anchor::Happened)
    }

    /// Whether any of its figures is measured in a calendar that can be chosen.
    pub fn has_calendar(&self) -> bool {
        self.metrics.iter().any(|metric| metric.calendar)
    }
}
