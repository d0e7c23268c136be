//! Every report and every figure.

mod chats;
mod crm;
mod forms;
mod leads;
mod meetings;
mod replies;
mod reports;
mod routing;
mod statuses;
mod workflows;

use crate::metric::Metric;
use crate::report::Report;
pub use reports::REPORTS;

/// The report with this name.
pub fn report(name: &str) -> Option<&'static Report> {
    REPORTS.iter().copied().find(|report| report.name == name)
}

/// The figure with this name, in whichever report.
pub fn metric(name: &str) -> Option<&'static Metric> {
    REPORTS.iter().find_map(|report| report.metric(name))
}

/// Excluded from everything that is of persons.
const NO_SPAM: &str = "Leads marked as spam never count, and merged leads count once.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::{Aggregator, Unit};
    use alloc::collections::BTreeMap;

    #[test]
    fn a_name_is_one_figure_in_all_reports() {
        let mut known = BTreeMap::new();
        for metric in REPORTS.iter().flat_map(|report| report.metrics) {
            assert_eq!(known.entry(metric.name).or_insert(*metric), metric, "{}", metric.name);
        }
        let labels: BTreeMap<_, _> = known.values().map(|metric| (metric.label, metric.name)).collect();
        assert_eq!(labels.len(), known.len(), "two figures have one label");
    }

    #[test]
    fn what_a_report_offers_does_something() {
        for report in REPORTS {
            assert!(!report.groups.is_empty() && !report.metrics.is_empty(), "{}", report.name);
            for anchor in report.anchors {
                let mut choices = report.metrics.iter().map(|metric| metric.anchors).filter(|own| own.len() > 1);
                assert!(choices.any(|own| own.contains(anchor)), "{} {anchor:?}", report.name);
            }
        }
    }

    #[test]
    fn units_fit_what_is_done_with_items() {
        for metric in REPORTS.iter().flat_map(|report| report.metrics) {
            let expected = match metric.aggregator {
                Aggregator::Count => Unit::Count,
                Aggregator::Share(_) => Unit::Percent,
                Aggregator::Median | Aggregator::P90 | Aggregator::Mean | Aggregator::Sum => Unit::Minutes,
            };
            assert_eq!(metric.unit, expected, "{}", metric.name);
            assert_eq!(metric.measured.is_empty(), !metric.is_measure(), "{}", metric.name);
            assert!(!metric.anchors.is_empty(), "{}", metric.name);
        }
    }

    #[test]
    fn reports_and_figures_are_found_by_name() {
        assert_eq!(report("funnel").map(|report| report.label), Some("Funnel"));
        assert_eq!(metric("deals").map(|metric| metric.label), Some("Deals"));
        assert_eq!((report("x"), metric("x")), (None, None));
    }
}
