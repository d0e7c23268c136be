//! The list of reports, with all that one can be asked.

use knock_report::{Anchor, CalendarKind, Dimension, Metric, REPORTS, Report};
use knock_wire::{ReportChoice, ReportColumn, ReportGoals, ReportInfo, ReportList};

/// Returns all reports, in the order of the menu, with the goals of their columns.
pub fn report_list(goals: &ReportGoals) -> ReportList {
    ReportList { reports: REPORTS.iter().map(|report| info(report, goals)).collect() }
}

fn info(report: &Report, goals: &ReportGoals) -> ReportInfo {
    let calendars = if report.has_calendar() { CalendarKind::ALL } else { &[] };
    ReportInfo {
        name: report.name.to_owned(),
        label: report.label.to_owned(),
        definition: report.definition.to_owned(),
        groups: choices(report.groups, Dimension::as_str, Dimension::label),
        anchors: choices(report.anchors, Anchor::as_str, Anchor::label),
        calendars: choices(calendars, CalendarKind::as_str, CalendarKind::label),
        columns: columns(report, goals),
    }
}

fn choices<T: Copy>(
    values: &[T],
    name: impl Fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> Vec<ReportChoice> {
    let choice = |value: &T| ReportChoice { name: name(*value).to_owned(), label: label(*value).to_owned() };
    values.iter().map(choice).collect()
}

/// Returns the columns of a report, in the order of its metrics.
pub(super) fn columns(report: &Report, goals: &ReportGoals) -> Vec<ReportColumn> {
    report.metrics.iter().map(|metric| column(metric, goals)).collect()
}

fn column(metric: &Metric, goals: &ReportGoals) -> ReportColumn {
    let goal = goals.goals.iter().find(|goal| goal.metric == metric.name);
    ReportColumn {
        name: metric.name.to_owned(),
        label: metric.label.to_owned(),
        unit: metric.unit.as_str().to_owned(),
        definition: metric.definition(),
        better: metric.better.as_str().to_owned(),
        opens: metric.opens(),
        goal: goal.map(|goal| goal.value),
    }
}
