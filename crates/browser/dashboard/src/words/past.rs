//! A record as of an instant at which nothing of it was known, in words.

use super::instant::{time_of_day, weekday_label};
use crate::kit::civil::{Civil, date};

/// `Not known yet on Fri 20 November 2026, 09:05.`
pub(crate) fn not_known_words(at: Civil) -> String {
    format!("Not known yet on {}.", words(at))
}

/// The first signal; one from before the asked instant arrived only after it.
pub(crate) fn first_seen_words(first: Civil, is_before: bool) -> String {
    let late = if is_before { " Its first signals arrived later." } else { "" };
    format!("First seen on {}.{late}", words(first))
}

fn words(at: Civil) -> String {
    let (year, ..) = date(at.day);
    format!("{} {year}, {}", weekday_label(at.day), time_of_day(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_instant_and_the_first_signal_are_dates() {
        let at = civil(Millis(1_795_163_907_123), 60);
        assert_eq!(not_known_words(at), "Not known yet on Fri 20 November 2026, 09:38.");
        assert_eq!(first_seen_words(at, false), "First seen on Fri 20 November 2026, 09:38.");
        let late = "First seen on Fri 20 November 2026, 09:38. Its first signals arrived later.";
        assert_eq!(first_seen_words(at, true), late);
    }
}
