//! Spans between an instant and now: "3 min ago", "in 2 days".

use knock_model::Millis;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The age of the instant `at` at `now`. A little in the future is now: clocks differ.
pub(crate) fn ago(at: Millis, now: Millis) -> String {
    let span = (now - at).0;
    if span < 2 * SECOND { "just now".to_owned() } else { format!("{} ago", span_words(span)) }
}

/// The time from `now` to the instant `at`.
pub(crate) fn until(at: Millis, now: Millis) -> String {
    let span = (at - now).0;
    if span < SECOND { "now".to_owned() } else { format!("in {}", span_words(span)) }
}

/// A span in one unit.
pub(crate) fn span_words(span: i64) -> String {
    let (size, one, many) = match span {
        _ if span < MINUTE => (SECOND, "s", "s"),
        _ if span < HOUR => (MINUTE, "min", "min"),
        _ if span < DAY => (HOUR, "h", "h"),
        _ if span < 60 * DAY => (DAY, "day", "days"),
        _ if span < 730 * DAY => (30 * DAY, "month", "months"),
        _ => (365 * DAY, "year", "years"),
    };
    let number = span / size;
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_past_is_written_in_one_unit() {
        let cases = [
            (-40 * SECOND, "just now"),
            (SECOND, "just now"),
            (2 * SECOND, "2 s ago"),
            (59_999, "59 s ago"),
            (MINUTE, "1 min ago"),
            (HOUR - 1, "59 min ago"),
            (23 * HOUR, "23 h ago"),
            (DAY, "1 day ago"),
            (59 * DAY, "59 days ago"),
            (60 * DAY, "2 months ago"),
            (800 * DAY, "2 years ago"),
        ];
        for (span, expected) in cases {
            assert_eq!(ago(Millis(0), Millis(span)), expected, "{span}");
        }
    }

    #[wasm_bindgen_test]
    fn the_future_is_written_in_one_unit() {
        for (span, expected) in [(-5, "now"), (0, "now"), (3 * DAY + HOUR, "in 3 days"), (HOUR, "in 1 h")] {
            assert_eq!(until(Millis(span), Millis(0)), expected, "{span}");
        }
    }
}
