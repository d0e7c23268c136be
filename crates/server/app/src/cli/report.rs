//! `knock report`: a report of the dashboard as a table, as CSV or as JSON.

use crate::config::Config;
use crate::control::{AdminCommand, Answer, run_admin_command};
use crate::reports::{ReportWords, lines, total};
use crate::sheet;
use crate::terminal::say;
use anyhow::anyhow;
use clap::Args;
use knock_wire::{Report, ReportRow};

/// Print a report; without a name, the list of reports
#[derive(Debug, Args)]
pub(crate) struct Reporting {
    /// The name of the report, such as response
    name: Option<String>,
    /// The first day, such as 2026-11-01; by default 27 days before the last one
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day, which counts too; by default today
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// The time zone of days, such as Europe/Berlin; by default UTC
    #[arg(long, value_name = "ZONE")]
    tz: Option<String>,
    /// What a row is, such as source
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// The instant that counts, such as asked
    #[arg(long, value_name = "ANCHOR")]
    anchor: Option<String>,
    /// The time in which durations are measured, such as team
    #[arg(long, value_name = "CALENDAR")]
    calendar: Option<String>,
    /// Only what has a value, such as source=google; may be repeated
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    filters: Vec<String>,
    /// Print CSV
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Reporting {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        let Some(name) = self.name.clone() else {
            knock_report::REPORTS.iter().for_each(|report| say(&format!("{:<10} {}", report.name, report.definition)));
            return Ok(());
        };
        match run_admin_command(config, AdminCommand::Report { name, words: Box::new(self.words()?) })? {
            Answer::Report(report) if self.json => say(&serde_json::to_string_pretty(&report)?),
            Answer::Report(report) if self.csv => {
                let text = String::from_utf8(sheet::text(&[], lines(&report).into_iter())?)?;
                say(text.trim_end_matches("\r\n"));
            }
            Answer::Report(report) => table(&report).iter().for_each(|line| say(line)),
            other => return other.not_expected(),
        }
        Ok(())
    }

    fn words(&self) -> anyhow::Result<ReportWords> {
        let mut words = ReportWords {
            from: self.from.clone(),
            to: self.to.clone(),
            tz: self.tz.clone(),
            group: self.group.clone(),
            anchor: self.anchor.clone(),
            calendar: self.calendar.clone(),
            ..ReportWords::default()
        };
        for filter in &self.filters {
            let (name, value) = filter.split_once('=').unwrap_or((filter, ""));
            words.set_filter(name, value).map_err(|wrong| anyhow!("`{}` {}", wrong.name, wrong.reason))?;
        }
        Ok(words)
    }
}

/// What the report is about, its days, a line for each row, and one of the goals, if there are any.
fn table(report: &Report) -> Vec<String> {
    let mut lines = vec![report.definition.clone(), period(report), String::new()];
    let mut head = vec![report.group.clone()];
    head.extend(report.columns.iter().map(|column| column.name.clone()));
    let mut cells = vec![head];
    cells.extend(report.rows.iter().map(|row| shown(report, row)));
    cells.push(shown(report, &total(report)));
    let before = ReportRow { key: String::new(), label: "Before".to_owned(), values: report.previous.clone() };
    cells.push(shown(report, &before));
    if report.columns.iter().any(|column| column.goal.is_some()) {
        let values = report.columns.iter().map(|column| column.goal).collect();
        cells.push(shown(report, &ReportRow { key: String::new(), label: "Goal".to_owned(), values }));
    }
    lines.extend(aligned(&cells));
    lines
}

fn period(report: &Report) -> String {
    let Report { from, to, zone, previous_from, previous_to, .. } = report;
    let anchor = if report.anchor.is_empty() { String::new() } else { format!(", by the instant {}", report.anchor) };
    let calendar =
        if report.calendar.is_empty() { String::new() } else { format!(", durations in {} time", report.calendar) };
    format!("{from} to {to} in {zone}{anchor}{calendar}; before that {previous_from} to {previous_to}")
}

/// The cells of a row, each with its unit.
fn shown(report: &Report, row: &ReportRow) -> Vec<String> {
    let value = |value: Option<f64>, unit: &str| match (value, unit) {
        (None, _) => "-".to_owned(),
        (Some(value), "percent") => format!("{value:.2} %"),
        (Some(value), "minutes") => format!("{value:.2} min"),
        (Some(value), _) => value.to_string(),
    };
    let values = row.values.iter().zip(&report.columns);
    let mut cells = vec![row.label.clone()];
    cells.extend(values.map(|(one, column)| value(*one, &column.unit)));
    cells
}

/// The first column begins at the left, the others end at the right of theirs.
fn aligned(cells: &[Vec<String>]) -> Vec<String> {
    let columns = cells.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let of_column = cells.iter().filter_map(|line| line.get(column));
        of_column.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |line: &Vec<String>| {
        let cells = line.iter().zip(&widths).enumerate();
        let cells = cells.map(|(number, (cell, &width))| match number {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    cells.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::ReportColumn;

    #[test]
    fn a_table_has_rows_total_the_period_before_and_goals() {
        let column = |(name, unit): (&str, &str)| ReportColumn {
            name: name.to_owned(),
            unit: unit.to_owned(),
            goal: (unit == "minutes").then_some(2.5),
            ..ReportColumn::default()
        };
        let row = |label: &str, values: [Option<f64>; 3]| ReportRow {
            key: String::new(),
            label: label.to_owned(),
            values: values.into(),
        };
        let report = Report {
            definition: "How fast.".to_owned(),
            from: "2026-11-02".to_owned(),
            to: "2026-11-08".to_owned(),
            previous_from: "2026-10-26".to_owned(),
            previous_to: "2026-11-01".to_owned(),
            zone: "UTC".to_owned(),
            group: "rep".to_owned(),
            anchor: "asked".to_owned(),
            calendar: "elapsed".to_owned(),
            columns: [("asked", "count"), ("quick", "percent"), ("median", "minutes")].map(column).into(),
            rows: vec![row("Zoë", [Some(12.0), Some(66.67), Some(3.2)]), row("(none)", [Some(0.0), None, None])],
            total: vec![Some(12.0), Some(66.67), Some(3.2)],
            previous: vec![Some(0.0), None, None],
            ..Report::default()
        };
        let expected = [
            "How fast.",
            "2026-11-02 to 2026-11-08 in UTC, by the instant asked, durations in elapsed time; before that \
             2026-10-26 to 2026-11-01",
            "",
            "rep     asked    quick    median",
            "Zoë        12  66.67 %  3.20 min",
            "(none)      0        -         -",
            "Total      12  66.67 %  3.20 min",
            "Before      0        -         -",
            "Goal        -        -  2.50 min",
        ];
        assert_eq!(table(&report), expected);
        let mut without = report;
        without.columns.iter_mut().for_each(|column| column.goal = None);
        assert_eq!(table(&without).last().map(String::as_str), Some(expected[7]));
    }
}
