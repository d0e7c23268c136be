//! The catalogue of figures as a text for the documentation.

use crate::catalogue::REPORTS;
use crate::metric::Metric;
use crate::report::Report;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// All reports with their figures, as Markdown.
pub fn reference() -> String {
    let sections: Vec<String> = REPORTS.iter().map(|report| section(report)).collect();
    sections.join("\n")
}

fn section(report: &Report) -> String {
    let groups = listed(report.groups.iter().map(|group| group.as_str()));
    let anchors = listed(report.anchors.iter().map(|anchor| anchor.as_str()));
    let calendars = if report.has_calendar() { "`elapsed`, `rep`, `team`" } else { "" };
    let choices: String = [("group", groups.as_str()), ("anchor", anchors.as_str()), ("calendar", calendars)]
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(name, values)| format!("- `{name}`: {values}\n"))
        .collect();
    let rows: String = report.metrics.iter().map(|metric| line(metric)).collect();
    format!(
        "### {} (`{}`)\n\n{}\n\n{choices}\n| Figure | Name | Unit | Definition |\n|---|---|---|---|\n{rows}",
        report.label, report.name, report.definition
    )
}

fn line(metric: &Metric) -> String {
    format!("| {} | `{}` | {} | {} |\n", metric.label, metric.name, metric.unit.as_str(), metric.definition())
}

fn listed(names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
