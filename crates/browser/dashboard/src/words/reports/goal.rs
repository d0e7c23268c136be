//! Goals in words, and as they are typed.

use knock_wire::{Report, ReportColumn};

use super::figure::{Change, decimals, value_words};
use crate::kit::chart::Threshold;

/// `Goal: 2 min – met`; none without a goal. Where neither direction is better it has no verdict.
pub(crate) fn goal_words(column: &ReportColumn, now: Option<f64>) -> Option<Change> {
    let goal = column.goal?;
    let text = format!("Goal: {}", value_words(&column.unit, goal));
    let Some(now) = now else { return Some(Change { text: format!("{text} \u{2013} no data"), is_better: None }) };
    let is_met = match column.better.as_str() {
        "higher" => now >= goal,
        "lower" => now <= goal,
        _ => return Some(Change { text, is_better: None }),
    };
    let verdict = if is_met { "met" } else { "not met" };
    Some(Change { text: format!("{text} \u{2013} {verdict}"), is_better: Some(is_met) })
}

/// The goal as a line of the chart, whose values are `scale` times smaller than those of the report.
///
/// A count is that of the whole period, and a point of the chart that of one step: the line is the share of a step.
pub(crate) fn goal_line(report: &Report, column: &ReportColumn, (steps, scale): (usize, f64)) -> Option<Threshold> {
    let goal = column.goal?;
    let text = format!("Goal: {}", value_words(&column.unit, goal));
    if column.unit != "count" {
        return Some(Threshold { value: goal / scale, text });
    }
    let value = goal / f64::from(u32::try_from(steps).ok().filter(|steps| *steps > 0)?);
    Some(Threshold { value, text: format!("{text}, {} per {}", decimals(value), report.step) })
}

/// What the field of a goal takes.
pub(crate) fn goal_hint(unit: &str) -> &'static str {
    match unit {
        "percent" => "In per cent, above 0 and at most 100, such as 90.",
        "minutes" => "In minutes, above 0, such as 2.5.",
        _ => "For the whole period, above 0, such as 20.",
    }
}

/// The number of a field: above 0, with two decimals at most, after a point or a comma.
pub(crate) fn read_goal(unit: &str, text: &str) -> Option<f64> {
    let text = text.trim();
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |digits: &str| digits.parse::<u32>().ok().map(f64::from);
    let hundredths = match part.len() {
        0 => 0.0,
        1 => 10.0 * number(part)?,
        2 => number(part)?,
        _ => return None,
    };
    let value = number(whole)? + hundredths / 100.0;
    let is_goal = value > 0.0 && (unit != "percent" || value <= 100.0);
    is_goal.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn column(unit: &str, better: &str, goal: f64) -> ReportColumn {
        ReportColumn { unit: unit.to_owned(), better: better.to_owned(), goal: Some(goal), ..ReportColumn::default() }
    }

    #[wasm_bindgen_test]
    fn a_goal_is_met_in_the_direction_that_is_better() {
        for (unit, better, now, text, is_better) in [
            ("minutes", "lower", Some(2.0), "Goal: 2 min \u{2013} met", Some(true)),
            ("minutes", "lower", Some(2.01), "Goal: 2 min \u{2013} not met", Some(false)),
            ("percent", "higher", Some(2.0), "Goal: 2% \u{2013} met", Some(true)),
            ("count", "higher", Some(1.0), "Goal: 2 \u{2013} not met", Some(false)),
            ("count", "", Some(1.0), "Goal: 2", None),
            ("count", "higher", None, "Goal: 2 \u{2013} no data", None),
        ] {
            let expected = Change { text: text.to_owned(), is_better };
            assert_eq!(goal_words(&column(unit, better, 2.0), now), Some(expected));
        }
        assert_eq!(goal_words(&ReportColumn::default(), Some(1.0)), None);
    }

    #[wasm_bindgen_test]
    fn the_line_of_a_count_is_the_share_of_a_step() {
        let report = Report { step: "day".to_owned(), ..Report::default() };
        let line = |unit: &str, goal, of| goal_line(&report, &column(unit, "", goal), of);
        let of = |value, text: &str| Some(Threshold { value, text: text.to_owned() });
        assert_eq!(line("count", 14.0, (7, 1.0)), of(2.0, "Goal: 14, 2 per day"));
        assert_eq!(line("count", 14.0, (0, 1.0)), None);
        assert_eq!(line("percent", 90.0, (7, 1.0)), of(90.0, "Goal: 90%"));
        assert_eq!(line("minutes", 120.0, (7, 60.0)), of(2.0, "Goal: 2 h"));
    }

    #[wasm_bindgen_test]
    fn a_goal_is_read_as_it_is_typed() {
        for (unit, text, expected) in [
            ("minutes", " 2.5 ", Some(2.5)),
            ("minutes", "2,25", Some(2.25)),
            ("count", "20", Some(20.0)),
            ("percent", "100", Some(100.0)),
            ("percent", "100.01", None),
            ("count", "0", None),
            ("count", "-1", None),
            ("count", "1,204", None),
            ("count", "1.+5", None),
            ("count", ".5", None),
            ("count", "many", None),
        ] {
            assert_eq!(read_goal(unit, text), expected, "{text}");
        }
    }
}
