//! A metric over time: its chart, its table and its summary.

use knock_model::Millis;
use knock_wire::{Report, ReportColumn, ReportPoint};

use super::figure::value_words;
use super::goal::goal_line;
use crate::kit::chart::{ChartTable, Mark, Picture, Series};
use crate::kit::civil::{civil, date};
use crate::words::instant::{month_label, time_of_day, weekday_label};

/// The minutes from which a chart is drawn in hours: those of two days.
const LONG: f64 = 2.0 * 24.0 * 60.0;

/// Instants in the zone of a report, which may be another than the reader's.
pub(crate) struct Clocks<'f> {
    /// The offset of the zone from UTC at an instant, in minutes.
    pub(crate) offset: &'f dyn Fn(Millis) -> i64,
    /// The instant at which the reader's clock shows the zone's time.
    pub(crate) twin: &'f dyn Fn(Millis) -> Millis,
}

/// The column of a metric, else the first.
pub(crate) fn column_of<'r>(report: &'r Report, metric: &str) -> Option<&'r ReportColumn> {
    report.columns.iter().find(|column| column.name == metric).or_else(|| report.columns.first())
}

/// The data of the chart; none without any value.
pub(crate) fn picture_of(report: &Report, metric: &str, clocks: &Clocks<'_>) -> Option<Picture> {
    let column = column_of(report, metric)?;
    let points = points_of(report, &column.name);
    if points.iter().all(|point| point.value.is_none()) {
        return None;
    }
    let seconds = |at: Millis| (clocks.twin)(at).0 as f64 / 1_000.0;
    let most = points.iter().filter_map(|point| point.value).fold(0.0, f64::max);
    let (unit, digits, top, scale) = match column.unit.as_str() {
        "percent" => ("%", 2, Some(100.0), 1.0),
        "minutes" if most >= LONG => (" h", 2, None, 60.0),
        "minutes" => (" min", 2, None, 1.0),
        _ => ("", 0, None, 1.0),
    };
    let mark = |(point, value): (&ReportPoint, f64)| Mark {
        at: seconds(point.at),
        value: value / scale,
        text: format!("{}: {}", when_words(report, point.at, clocks), value_words(&column.unit, value)),
    };
    let values = points.iter().map(|point| Some(point.value? / scale)).collect();
    Some(Picture {
        times: points.iter().map(|point| seconds(point.at)).collect(),
        series: vec![Series { label: column.label.clone(), values }],
        unit,
        digits,
        top,
        marks: alone(points).into_iter().map(mark).collect(),
        lines: goal_line(report, column, (points.len(), scale)).into_iter().collect(),
    })
}

/// The values between gaps, which no line leads to.
fn alone(points: &[ReportPoint]) -> Vec<(&ReportPoint, f64)> {
    let value = |place: Option<usize>| place.and_then(|place| points.get(place)).and_then(|point| point.value);
    let is_alone = |place: usize| value(place.checked_sub(1)).is_none() && value(place.checked_add(1)).is_none();
    let alone = points.iter().enumerate().filter(|(place, _)| is_alone(*place));
    alone.filter_map(|(_, point)| Some((point, point.value?))).collect()
}

/// The table, newest first.
pub(crate) fn table_of(report: &Report, metric: &str, clocks: &Clocks<'_>) -> ChartTable {
    let Some(column) = column_of(report, metric) else { return ChartTable::default() };
    let points = points_of(report, &column.name);
    let text =
        |value: Option<f64>| value.map_or_else(|| "no data".to_owned(), |value| value_words(&column.unit, value));
    ChartTable {
        columns: vec![(column.label.clone(), true)],
        rows: points.iter().rev().map(|point| (point.at, vec![text(point.value)])).collect(),
        whens: points.iter().rev().map(|point| when_words(report, point.at, clocks)).collect(),
    }
}

/// The summary of the chart for screen readers.
pub(crate) fn summary_of(report: &Report, metric: &str, clocks: &Clocks<'_>) -> String {
    let Some(column) = column_of(report, metric) else { return String::new() };
    let with_value = |point: &ReportPoint| Some((point.at, point.value?));
    let values: Vec<_> = points_of(report, &column.name).iter().filter_map(with_value).collect();
    let most = values.iter().max_by(|one, other| one.1.total_cmp(&other.1));
    let least = values.iter().min_by(|one, other| one.1.total_cmp(&other.1));
    let (Some(most), Some(least)) = (most, least) else { return "No data in this period.".to_owned() };
    let words = |(at, value): &(Millis, f64)| {
        format!("{} ({})", value_words(&column.unit, *value), when_words(report, *at, clocks))
    };
    format!("By {}: at most {}, at least {}.", report.step, words(most), words(least))
}

fn points_of<'r>(report: &'r Report, metric: &str) -> &'r [ReportPoint] {
    report.series.iter().find(|series| series.name == metric).map_or(&[], |series| series.points.as_slice())
}

/// A step in words: `Fri 20 November, 09:00`, `Fri 20 November 2026`, `week of Mon 16 November 2026`, `November 2026`.
fn when_words(report: &Report, at: Millis, clocks: &Clocks<'_>) -> String {
    let local = civil(at, (clocks.offset)(at));
    let day = || format!("{} {}", weekday_label(local.day), date(local.day).0);
    match report.step.as_str() {
        "hour" => format!("{}, {}", weekday_label(local.day), time_of_day(local)),
        "week" => format!("week of {}", day()),
        "month" => month_label(local.day),
        _ => day(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::chart::Threshold;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    const HERE: Clocks<'_> = Clocks { offset: &|_| 60, twin: &|at| at };

    #[wasm_bindgen_test]
    fn a_step_is_named_in_the_zone_of_the_report() {
        // 2026-11-15T23:00Z is midnight in Berlin.
        let at = Millis(1_794_783_600_000);
        let words = |step: &str| when_words(&Report { step: step.to_owned(), ..Report::default() }, at, &HERE);
        assert_eq!(
            ["hour", "day", "week", "month"].map(words),
            ["Mon 16 November, 00:00", "Mon 16 November 2026", "week of Mon 16 November 2026", "November 2026"]
        );
    }

    #[wasm_bindgen_test]
    fn a_value_between_gaps_is_a_mark() {
        let report = sample::report();
        let picture = picture_of(&report, "first_reply_median", &HERE).expect("there are values");
        assert_eq!(picture.series[0].values, [Some(3.2), None, Some(2.0)]);
        assert_eq!((picture.unit, picture.digits, picture.marks.len()), (" min", 2, 2));
        assert!(picture.marks[0].text.ends_with(": 3 min 12 s"), "{}", picture.marks[0].text);
        let counts = picture_of(&report, "first_replies", &HERE).expect("there are values");
        assert_eq!((counts.marks.len(), counts.top), (0, None));
        let empty = Report { series: Vec::new(), ..report };
        assert_eq!(picture_of(&empty, "first_replies", &HERE), None);
    }

    #[wasm_bindgen_test]
    fn the_goal_is_a_line_and_long_times_are_drawn_in_hours() {
        let mut report = sample::report();
        let picture = picture_of(&report, "first_reply_median", &HERE).expect("there are values");
        assert_eq!(picture.lines, [Threshold { value: 2.5, text: "Goal: 2 min 30 s".to_owned() }]);
        report.series[1].points[0].value = Some(4_320.0);
        let picture = picture_of(&report, "first_reply_median", &HERE).expect("there are values");
        assert_eq!((picture.unit, picture.series[0].values[0]), (" h", Some(72.0)));
        assert_eq!(picture.lines, [Threshold { value: 2.5 / 60.0, text: "Goal: 2 min 30 s".to_owned() }]);
        assert!(picture.marks[0].text.ends_with(": 3 days"), "{}", picture.marks[0].text);
        assert!(picture_of(&report, "first_replies", &HERE).expect("there are values").lines.is_empty());
    }

    #[wasm_bindgen_test]
    fn the_table_and_the_summary_have_the_same_as_the_chart() {
        let report = sample::report();
        let table = table_of(&report, "first_reply_median", &HERE);
        let texts: Vec<_> = table.rows.iter().map(|(_, texts)| texts[0].as_str()).collect();
        assert_eq!(texts, ["2 min", "no data", "3 min 12 s"]);
        assert_eq!(table.whens[0], "Fri 20 November 2026");
        let summary = summary_of(&report, "first_reply_median", &HERE);
        let expected = "By day: at most 3 min 12 s (Wed 18 November 2026), at least 2 min (Fri 20 November 2026).";
        assert_eq!(summary, expected);
        let unknown = column_of(&report, "nothing").expect("it has columns");
        assert_eq!(unknown.name, "first_replies");
        assert_eq!(summary_of(&Report::default(), "", &HERE), "");
    }
}
