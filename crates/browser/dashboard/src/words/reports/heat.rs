//! The hours of a week as a map: its places, its shades, and values that are short enough for a cell.

use super::figure::{decimals, value_words};
use crate::words::number::count;

/// The group whose rows are the hours of a week.
pub(crate) const WEEK_HOUR: &str = "week_hour";

/// The days of a week with their numbers in keys.
pub(crate) const DAYS: [(u8, &str); 7] =
    [(1, "Mon"), (2, "Tue"), (3, "Wed"), (4, "Thu"), (5, "Fri"), (6, "Sat"), (7, "Sun")];

/// The key of an hour: `1-00` begins on Monday at midnight.
pub(crate) fn key_of(day: u8, hour: u8) -> String {
    format!("{day}-{hour:02}")
}

/// Whether a key is that of an hour; others have no place in the map.
pub(crate) fn is_hour(key: &str) -> bool {
    DAYS.iter().any(|(day, _)| (0..24).any(|hour| key_of(*day, hour) == key))
}

/// The class with the shade of a value, the strongest for `most`; zero has none.
pub(crate) fn shade(value: f64, most: f64) -> &'static str {
    if value <= 0.0 || most <= 0.0 {
        return "";
    }
    match 5.0 * value / most {
        ..=1.0 => "heat-1",
        ..=2.0 => "heat-2",
        ..=3.0 => "heat-3",
        ..=4.0 => "heat-4",
        _ => "heat-5",
    }
}

/// `1,204`, `67%`, `45s`, `3m`, `5h`, `3d`: the name of the cell has the exact value.
pub(crate) fn short_words(unit: &str, value: f64) -> String {
    match unit {
        "percent" => format!("{value:.0}%"),
        "minutes" => short_minutes(value),
        "count" => count(value.round() as i64),
        _ => decimals(value),
    }
}

fn short_minutes(minutes: f64) -> String {
    // What would round up to 60 is written in the next larger unit.
    if minutes < 59.5 / 60.0 {
        format!("{:.0}s", minutes * 60.0)
    } else if minutes < 59.5 {
        format!("{minutes:.0}m")
    } else if minutes < 47.5 * 60.0 {
        format!("{:.0}h", minutes / 60.0)
    } else {
        format!("{:.0}d", minutes / 1_440.0)
    }
}

/// The name of a cell: the metric, the hour and the value, as that of every number.
pub(crate) fn cell_words(metric: &str, unit: &str, label: &str, value: Option<f64>) -> String {
    let value = value.map_or_else(|| "no data".to_owned(), |value| value_words(unit, value));
    format!("{metric}, {label}: {value}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn hours_of_a_week_have_a_place_and_other_keys_have_none() {
        assert_eq!((key_of(1, 0), key_of(7, 23)), ("1-00".to_owned(), "7-23".to_owned()));
        assert!(["1-00", "7-23"].iter().all(|key| is_hour(key)));
        assert!(!["", "0-00", "8-00", "1-24", "1-0", "2026-11-20"].iter().any(|key| is_hour(key)));
    }

    #[wasm_bindgen_test]
    fn the_largest_value_has_the_strongest_shade() {
        let shades = [0.0, 1.0, 4.0, 6.0, 8.0, 10.0].map(|value| shade(value, 10.0));
        assert_eq!(shades, ["", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5"]);
        assert_eq!(shade(0.0, 0.0), "");
    }

    #[wasm_bindgen_test]
    fn a_value_of_a_cell_is_short() {
        for (unit, value, expected) in [
            ("count", 1_204.0, "1,204"),
            ("percent", 66.67, "67%"),
            ("minutes", 0.75, "45s"),
            ("minutes", 0.995, "1m"),
            ("minutes", 3.2, "3m"),
            ("minutes", 59.6, "1h"),
            ("minutes", 300.0, "5h"),
            ("minutes", 4_320.0, "3d"),
        ] {
            assert_eq!(short_words(unit, value), expected, "{value} {unit}");
        }
        assert_eq!(cell_words("Leads", "count", "Mon, 09:00", None), "Leads, Mon, 09:00: no data");
        assert_eq!(cell_words("Leads", "count", "Mon, 09:00", Some(2.0)), "Leads, Mon, 09:00: 2");
    }
}
