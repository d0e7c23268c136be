//! How long ago a message was written.

use knock_model::Millis;

/// "just now", "3 min ago", "2 h ago"; none for what is older: then the time of day says more.
pub(crate) fn ago(at: Millis, now: Millis) -> Option<String> {
    // A little in the future is now: clocks differ.
    match (now - at).0 / Millis::MINUTE.0 {
        minutes if minutes < 1 => Some("just now".to_owned()),
        minutes if minutes < 60 => Some(format!("{minutes} min ago")),
        minutes if minutes < 12 * 60 => Some(format!("{} h ago", minutes / 60)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_is_recent_is_told_by_its_age() {
        for (minutes, expected) in [
            (-90, Some("just now")),
            (0, Some("just now")),
            (1, Some("1 min ago")),
            (59, Some("59 min ago")),
            (61, Some("1 h ago")),
            (719, Some("11 h ago")),
            (720, None),
        ] {
            assert_eq!(ago(Millis(0), Millis(minutes * 60_000)).as_deref(), expected, "{minutes}");
        }
    }
}
