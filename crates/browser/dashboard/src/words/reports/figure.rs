//! Figures of reports in words: values, and their change against the period before.

use knock_wire::ReportColumn;

use crate::words::number::count;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A value in its unit: `1,204`, `66.67%`, `3 min 12 s`.
pub(crate) fn value_words(unit: &str, value: f64) -> String {
    match unit {
        "percent" => format!("{}%", decimals(value)),
        "minutes" => minutes_words(value),
        _ => count(value.round() as i64),
    }
}

/// A number with two decimals at most.
pub(crate) fn decimals(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `45 s`, `3 min 12 s`, `2 h 5 min`, `3 days 4 h`.
pub(crate) fn minutes_words(minutes: f64) -> String {
    let seconds = (minutes * 60.0).round() as i64;
    let (large, small) = match seconds {
        ..MINUTE => return format!("{seconds} s"),
        MINUTE..HOUR => ((seconds / MINUTE, "min"), (seconds % MINUTE, "s")),
        HOUR.. if seconds < 2 * DAY => ((seconds / HOUR, "h"), (seconds / MINUTE % 60, "min")),
        _ => ((seconds / DAY, "days"), (seconds / HOUR % 24, "h")),
    };
    let words = |(number, unit): (i64, &str)| format!("{number} {unit}");
    if small.0 == 0 { words(large) } else { format!("{} {}", words(large), words(small)) }
}

/// A change against the period before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// In words; empty without data in both periods.
    pub(crate) text: String,
    /// Whether it is one for the better; none where neither is.
    pub(crate) is_better: Option<bool>,
}

/// The change of a value of this metric.
pub(crate) fn change(column: &ReportColumn, now: Option<f64>, before: Option<f64>) -> Change {
    let (now, before) = match (now, before) {
        (Some(now), Some(before)) => (now, before),
        (Some(_), None) => return said("no data in the period before".to_owned()),
        (None, Some(before)) => return said(format!("{} in the period before", value_words(&column.unit, before))),
        (None, None) => return Change::default(),
    };
    if value_words(&column.unit, now) == value_words(&column.unit, before) {
        return said("as in the period before".to_owned());
    }
    let is_up = now > before;
    let is_better = match column.better.as_str() {
        "higher" => Some(is_up),
        "lower" => Some(!is_up),
        _ => None,
    };
    let verdict = match is_better {
        Some(true) => ": better",
        Some(false) => ": worse",
        None => "",
    };
    let size = size_words(&column.unit, now, before);
    Change { text: format!("{size} than in the period before{verdict}"), is_better }
}

/// `2 (20%) more`, `12.5 points less`, `1 min 12 s shorter`.
fn size_words(unit: &str, now: f64, before: f64) -> String {
    let (is_up, size) = (now > before, (now - before).abs());
    let more = if is_up { "more" } else { "less" };
    match unit {
        "percent" => format!("{} points {more}", decimals(size)),
        "minutes" => format!("{} {}", minutes_words(size), if is_up { "longer" } else { "shorter" }),
        _ if before > 0.0 => format!("{} ({:.0}%) {more}", value_words(unit, size), 100.0 * size / before),
        _ => format!("{} {more}", value_words(unit, size)),
    }
}

fn said(text: String) -> Change {
    Change { text, is_better: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn values_are_written_in_their_unit() {
        for (unit, value, expected) in [
            ("count", 0.0, "0"),
            ("count", 1_204.0, "1,204"),
            ("percent", 66.67, "66.67%"),
            ("percent", 50.0, "50%"),
            ("percent", 0.0, "0%"),
            ("minutes", 0.0, "0 s"),
            ("minutes", 0.75, "45 s"),
            ("minutes", 1.0, "1 min"),
            ("minutes", 3.2, "3 min 12 s"),
            ("minutes", 125.0, "2 h 5 min"),
            ("minutes", 1_440.0, "24 h"),
            ("minutes", 4_560.0, "3 days 4 h"),
        ] {
            assert_eq!(value_words(unit, value), expected, "{value} {unit}");
        }
        assert_eq!(["100", "0.5", "0"].map(str::to_owned), [100.0, 0.5, 0.0].map(decimals));
    }

    #[wasm_bindgen_test]
    fn a_change_says_how_much_and_whether_it_is_one_for_the_better() {
        let column = |unit: &str, better: &str| ReportColumn {
            unit: unit.to_owned(),
            better: better.to_owned(),
            ..ReportColumn::default()
        };
        let cases = [
            ("count", "higher", Some(12.0), Some(10.0), "2 (20%) more than in the period before: better", Some(true)),
            ("count", "lower", Some(3.0), Some(0.0), "3 more than in the period before: worse", Some(false)),
            ("count", "", Some(8.0), Some(10.0), "2 (20%) less than in the period before", None),
            (
                "percent",
                "higher",
                Some(60.0),
                Some(72.5),
                "12.5 points less than in the period before: worse",
                Some(false),
            ),
            (
                "minutes",
                "lower",
                Some(2.0),
                Some(3.2),
                "1 min 12 s shorter than in the period before: better",
                Some(true),
            ),
            ("count", "higher", Some(2.0), Some(2.0), "as in the period before", None),
            ("minutes", "lower", Some(2.0), None, "no data in the period before", None),
            ("minutes", "lower", None, Some(2.0), "2 min in the period before", None),
            ("minutes", "lower", None, None, "", None),
        ];
        for (unit, better, now, before, text, is_better) in cases {
            let expected = Change { text: text.to_owned(), is_better };
            assert_eq!(change(&column(unit, better), now, before), expected);
        }
    }
}
