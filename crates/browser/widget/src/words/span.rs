//! The age of a message in words.

use knock_model::Millis;

use super::Words;
use crate::browser;

/// "now", "3 min ago", "2 h ago" in the language; none for an older message: its time of day is more useful.
pub(crate) fn ago(words: Words, at: Millis, now: Millis) -> Option<String> {
    let (count, unit) = span(at, now)?;
    Some(browser::relative(words.code(), -count, unit))
}

/// The age of an instant, with its unit.
fn span(at: Millis, now: Millis) -> Option<(i64, &'static str)> {
    // An instant slightly in the future counts as now: clocks differ.
    match (now - at).0 / Millis::MINUTE.0 {
        minutes if minutes < 1 => Some((0, "second")),
        minutes if minutes < 60 => Some((minutes, "minute")),
        minutes if minutes < 12 * 60 => Some((minutes / 60, "hour")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn recent_instants_are_written_by_their_age() {
        for (minutes, expected) in [
            (-90, Some((0, "second"))),
            (0, Some((0, "second"))),
            (1, Some((1, "minute"))),
            (59, Some((59, "minute"))),
            (61, Some((1, "hour"))),
            (719, Some((11, "hour"))),
            (720, None),
        ] {
            assert_eq!(span(Millis(0), Millis(minutes * 60_000)), expected, "{minutes}");
        }
    }

    #[wasm_bindgen_test]
    fn an_age_is_written_in_the_language() {
        let ago = |tag: &str, minutes: i64| ago(Words::of_tag(tag), Millis(0), Millis(minutes * 60_000));
        assert_eq!(ago("en", 0).as_deref(), Some("now"));
        assert_eq!(ago("de", 0).as_deref(), Some("jetzt"));
        assert!(ago("de", 3).is_some_and(|ago| ago.starts_with("vor 3")));
        assert!(ago("fr", 120).is_some_and(|ago| ago.starts_with("il y a 2")));
        assert_eq!(ago("es", 720), None);
    }
}
