//! Figures in tables.

/// Points of a category or a signal: one decimal, a tiny share as `<0.1`.
pub(crate) fn points(points: f64) -> String {
    if points > 0.0 && points < 0.05 { "<0.1".to_owned() } else { format!("{points:.1}") }
}

/// The score: one decimal.
pub(crate) fn score(score: f64) -> String {
    format!("{score:.1}")
}

/// A count with separated thousands.
pub(crate) fn count(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 signal`, `2,000 signals`.
pub(crate) fn counted(number: i64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn thousands_stand_apart() {
        for (number, expected) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")] {
            assert_eq!(count(number), expected);
        }
        assert_eq!(counted(1, "signal"), "1 signal");
        assert_eq!(counted(12_000, "signal"), "12,000 signals");
    }

    #[wasm_bindgen_test]
    fn a_little_is_not_nothing() {
        for (value, expected) in [(0.0, "0.0"), (0.01, "<0.1"), (0.05, "0.1"), (12.34, "12.3")] {
            assert_eq!(points(value), expected);
        }
    }
}
