//! A report: figures that are read together.

use crate::acts::Needs;
use crate::ask::Ask;
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

    /// What has to be known of the acts about persons for a question: by its figures, its rows and its filters.
    pub fn needs(&self, ask: &Ask) -> Needs {
        let counted = self.metrics.iter().map(|metric| metric.population.needs());
        let filtered = ask.filters.iter().map(|filter| filter.dimension.needs());
        let all = counted.chain(filtered);
        all.fold(self.group_of(ask.group).needs(), Needs::or)
    }

    /// Whether any of its figures is measured in a calendar that can be chosen.
    pub fn has_calendar(&self) -> bool {
        self.metrics.iter().any(|metric| metric.calendar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Filter;
    use crate::calendar::CalendarKind;
    use crate::catalogue::report;
    use crate::period::Period;
    use alloc::string::String;
    use alloc::vec::Vec;
    use knock_model::Millis;

    fn needs(name: &str, group: Option<Dimension>, filter: Option<Dimension>) -> Needs {
        let period = Period::parse("", "", "", Millis(0)).expect("a period");
        let filters: Vec<Filter> =
            filter.into_iter().map(|dimension| Filter { dimension, value: String::new() }).collect();
        let ask = Ask { period, group, anchor: None, calendar: CalendarKind::Elapsed, filters };
        report(name).expect("a report").needs(&ask)
    }

    #[test]
    fn only_what_a_question_is_about_is_needed() {
        let none = Needs::default();
        let decisions = Needs { decisions: true, ..none };
        assert_eq!(needs("funnel", None, None), none);
        assert_eq!(needs("funnel", Some(Dimension::Segment), None), decisions);
        assert_eq!(needs("funnel", None, Some(Dimension::Score)), decisions);
        assert_eq!(needs("routing", Some(Dimension::Day), None), decisions);
        assert_eq!(needs("forms", None, None), none);
        assert_eq!(needs("crm", None, None), Needs { writes: true, ..none });
        assert_eq!(needs("agent", None, None), Needs { questions: true, ..none });
        assert_eq!(needs("workflows", None, Some(Dimension::Rule)), Needs { runs: true, ..decisions });
    }
}
