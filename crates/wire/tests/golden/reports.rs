//! Reports.

use crate::Shape;
use crate::made::{AT, lead};
use knock_model::{Bucket, Millis};
use knock_wire::{
    Backtest, BandOutcomes, BucketOutcomes, OutcomeRate, RateInterval, Report, ReportChoice, ReportColumn, ReportGoal,
    ReportGoals, ReportInfo, ReportItem, ReportItems, ReportList, ReportMail, ReportMailDraft, ReportPoint, ReportRow,
    ReportSeries,
};

pub(crate) fn shapes() -> Vec<Shape> {
    vec![
        Shape::of("backtest", &backtest()),
        Shape::of("report", &report()),
        Shape::of("report_goals", &report_goals()),
        Shape::of("report_items", &report_items()),
        Shape::of("report_list", &report_list()),
        Shape::of("report_mail", &report_mail()),
        Shape::of("report_mail_draft", &ReportMailDraft { is_on: true }),
    ]
}

fn backtest() -> Backtest {
    let rate = Some(RateInterval { share: 0.75, low: 0.6867, high: 0.8042 });
    let (known, few) =
        (OutcomeRate { leads: 200, qualified: 150, rate }, OutcomeRate { leads: 9, qualified: 1, rate: None });
    Backtest {
        from: AT - Millis::days(365),
        at: AT,
        all: known.clone(),
        is_enough: true,
        buckets: [Bucket::High, Bucket::Medium, Bucket::Low]
            .map(|bucket| BucketOutcomes { bucket, outcomes: known.clone() })
            .into(),
        bands: vec![
            BandOutcomes { from: 90, to: 100, outcomes: known },
            BandOutcomes { from: 80, to: 90, outcomes: few },
        ],
        too_old: 4,
        is_cut: true,
    }
}

fn columns() -> Vec<ReportColumn> {
    let column = |name: &str, label: &str, unit: &str, better: &str| ReportColumn {
        name: name.to_owned(),
        label: label.to_owned(),
        unit: unit.to_owned(),
        definition: "Waits for the first reply of a person.".to_owned(),
        better: better.to_owned(),
        opens: true,
        goal: (unit == "minutes").then_some(2.5),
    };
    vec![
        column("first_replies", "First replies awaited", "count", ""),
        column("first_reply_median", "First reply, median", "minutes", "lower"),
        column("within_two_minutes", "Answered within two minutes", "percent", "higher"),
    ]
}

fn report() -> Report {
    let row = |key: &str, label: &str, values: [Option<f64>; 3]| ReportRow {
        key: key.to_owned(),
        label: label.to_owned(),
        values: values.into(),
    };
    let point = |days: i64, value: Option<f64>| ReportPoint { at: AT + Millis::days(days), value };
    Report {
        name: "response".to_owned(),
        definition: "How fast the team answers.".to_owned(),
        from: "2026-11-20".to_owned(),
        to: "2026-11-21".to_owned(),
        previous_from: "2026-11-18".to_owned(),
        previous_to: "2026-11-19".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        group: "source".to_owned(),
        anchor: "asked".to_owned(),
        calendar: "elapsed".to_owned(),
        step: "day".to_owned(),
        columns: columns(),
        rows: vec![
            row("google", "google", [Some(3.0), Some(3.25), Some(33.33)]),
            row("", "(none)", [Some(0.0), None, None]),
        ],
        total: vec![Some(3.0), Some(3.25), Some(33.33)],
        previous: vec![Some(0.0), None, None],
        series: vec![ReportSeries {
            name: "first_reply_median".to_owned(),
            points: vec![point(0, Some(3.25)), point(1, None)],
        }],
    }
}

fn report_goals() -> ReportGoals {
    let goal = |metric: &str, value: f64| ReportGoal { metric: metric.to_owned(), value };
    ReportGoals { goals: vec![goal("first_reply_median", 2.5), goal("within_two_minutes", 90.0)] }
}

fn report_mail() -> ReportMail {
    ReportMail { is_on: true, is_mail_set_up: true, next_at: Some(AT) }
}

fn report_items() -> ReportItems {
    let item =
        ReportItem { lead: lead(), name: "Ann Lee".to_owned(), at: AT, minutes: Some(3.25), rep: "Bo".to_owned() };
    let open = ReportItem { minutes: None, rep: String::new(), ..item.clone() };
    ReportItems { count: 2, items: vec![item, open] }
}

fn report_list() -> ReportList {
    let choice = |name: &str, label: &str| ReportChoice { name: name.to_owned(), label: label.to_owned() };
    let response = ReportInfo {
        name: "response".to_owned(),
        label: "Response".to_owned(),
        definition: "How fast the team answers.".to_owned(),
        groups: vec![choice("rep", "Rep"), choice("day", "Day")],
        anchors: vec![choice("asked", "When it was asked"), choice("answered", "When it was answered")],
        calendars: vec![choice("elapsed", "Elapsed time")],
        columns: columns(),
    };
    ReportList { reports: vec![response] }
}
