//! Reports: the list, one of three days, and the leads behind a number.

use super::AT;
use knock_model::{LeadId, Millis};
use knock_wire::{
    Report, ReportChoice, ReportColumn, ReportInfo, ReportItem, ReportItems, ReportList, ReportPoint, ReportRow,
    ReportSeries,
};

/// 2026-11-18T00:00:00 in Berlin.
const FIRST: Millis = Millis(1_794_956_400_000);
const DAY: i64 = 86_400_000;

fn choices(all: &[(&str, &str)]) -> Vec<ReportChoice> {
    all.iter().map(|(name, label)| ReportChoice { name: (*name).to_owned(), label: (*label).to_owned() }).collect()
}

fn column((name, label, unit): (&str, &str, &str), better: &str) -> ReportColumn {
    ReportColumn {
        name: name.to_owned(),
        label: label.to_owned(),
        unit: unit.to_owned(),
        definition: format!("{label}, without spam."),
        better: better.to_owned(),
        opens: true,
        goal: (unit == "minutes").then_some(2.5),
    }
}

fn columns() -> Vec<ReportColumn> {
    vec![
        column(("first_replies", "First replies awaited", "count"), ""),
        column(("first_reply_median", "First reply, median", "minutes"), "lower"),
        column(("within_two_minutes", "Answered within two minutes", "percent"), "higher"),
    ]
}

/// Two reports, of which the second has every choice.
pub(crate) fn report_list() -> ReportList {
    let info = |name: &str, label: &str| ReportInfo {
        name: name.to_owned(),
        label: label.to_owned(),
        definition: format!("{label} of the workspace."),
        groups: choices(&[("source", "Source"), ("day", "Day")]),
        anchors: Vec::new(),
        calendars: Vec::new(),
        columns: columns(),
    };
    let response = ReportInfo {
        anchors: choices(&[("asked", "When the lead asked"), ("answered", "When a person answered")]),
        calendars: choices(&[("elapsed", "Elapsed time"), ("team", "Hours of the team")]),
        ..info("response", "Response")
    };
    ReportList { reports: vec![info("overview", "Overview"), response] }
}

/// The response of three days by source, with a group without data.
pub(crate) fn report() -> Report {
    let row = |key: &str, label: &str, values: [Option<f64>; 3]| ReportRow {
        key: key.to_owned(),
        label: label.to_owned(),
        values: values.to_vec(),
    };
    let series = |name: &str, values: [Option<f64>; 3]| ReportSeries {
        name: name.to_owned(),
        points: (0..).zip(values).map(|(day, value)| ReportPoint { at: FIRST + Millis(day * DAY), value }).collect(),
    };
    Report {
        name: "response".to_owned(),
        definition: "Response of the workspace.".to_owned(),
        from: "2026-11-18".to_owned(),
        to: "2026-11-20".to_owned(),
        previous_from: "2026-11-15".to_owned(),
        previous_to: "2026-11-17".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        group: "source".to_owned(),
        anchor: "asked".to_owned(),
        calendar: "elapsed".to_owned(),
        step: "day".to_owned(),
        columns: columns(),
        rows: vec![
            row("google", "google", [Some(3.0), Some(3.2), Some(66.67)]),
            row("", "(none)", [Some(0.0), None, None]),
        ],
        total: vec![Some(3.0), Some(3.2), Some(66.67)],
        previous: vec![Some(2.0), Some(2.0), None],
        series: vec![
            series("first_replies", [Some(2.0), Some(0.0), Some(1.0)]),
            series("first_reply_median", [Some(3.2), None, Some(2.0)]),
            series("within_two_minutes", [Some(50.0), None, Some(100.0)]),
        ],
    }
}

/// The hours of a week of the same days: all without a lead but one on Wednesday, and one row that is no hour.
pub(crate) fn report_by_hour() -> Report {
    let row = |key: String, label: String, values: Vec<Option<f64>>| ReportRow { key, label, values };
    let hour = |place: u8| {
        let (day, hour) = (place / 24 + 1, place % 24);
        let values = if (day, hour) == (3, 9) { [Some(2.0), Some(3.2), Some(100.0)] } else { [Some(0.0), None, None] };
        row(format!("{day}-{hour:02}"), format!("Day {day}, {hour:02}:00"), values.to_vec())
    };
    let mut rows: Vec<_> = (0..168).map(hour).collect();
    rows.push(row(String::new(), "(none)".to_owned(), vec![Some(1.0), None, None]));
    Report { group: "week_hour".to_owned(), rows, ..report() }
}

/// Three leads.
pub(crate) fn report_items() -> ReportItems {
    let item = |number: u8, name: &str, minutes: Option<f64>| ReportItem {
        lead: LeadId::new([number; 16]),
        name: name.to_owned(),
        at: AT,
        minutes,
        rep: "Bo Lind".to_owned(),
    };
    let items = vec![item(1, "Ann Lee", Some(3.2)), item(2, "Grace", Some(2.0)), item(3, "Visitor 3", None)];
    ReportItems { count: 3, items }
}
