//! Texts for storage: cleaned as all texts of strangers are (`knock_model::text`), and of a useful length.

use knock_model::text::{one_line, without_cards};

/// Returns at most `max` characters and `bytes` bytes of a text on one line, without numbers of payment cards, and
/// whether it was longer.
pub(crate) fn cut(text: Option<&str>, max: usize, bytes: usize) -> (String, bool) {
    let text = one_line(text.unwrap_or_default());
    let text = without_cards(&text);
    // Nearly all texts are within both limits.
    if text.len() <= max.min(bytes) {
        return (text.into_owned(), false);
    }
    let mut left = bytes;
    let fits = |c: &char| {
        let fits = c.len_utf8() <= left;
        left = left.saturating_sub(c.len_utf8());
        fits
    };
    let kept: String = text.chars().take(max).take_while(fits).collect();
    let is_cut = kept.len() < text.len();
    (kept, is_cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_go_and_length_is_counted_in_characters() {
        let long = "ä".repeat(64 * 1024);
        let cases = [
            (" a\0b\u{7}\nc ", 10, "ab c"),
            ("äöü", 2, "äö"),
            ("\u{0}\u{0}ab", 1, "a"),
            ("exe.\u{202e}gpj", 20, "exe.gpj"),
            ("\u{2067}שלום\u{2069}", 20, "שלום"),
            ("👩\u{200d}💻 می\u{200c}خواهم", 20, "👩\u{200d}💻 می\u{200c}خواهم"),
            (&long, 3, "äää"),
        ];
        for (text, max, expected) in cases {
            assert_eq!(cut(Some(text), max, usize::MAX).0, expected, "{text:.20}");
        }
        assert_eq!(cut(None, 2, usize::MAX).0, "");
    }

    #[test]
    fn a_text_that_was_longer_is_marked_as_cut() {
        let cases = [
            ("abc", 3, 3, ("abc", false)),
            ("abc", 2, 9, ("ab", true)),
            ("abc", 9, 2, ("ab", true)),
            ("a\0bc ", 3, 9, ("abc", false)),
            ("4111 1111 1111 1111 a", 5, 9, ("*** a", false)),
            ("äöü", 3, 5, ("äö", true)),
            ("äb", 9, 1, ("", true)),
        ];
        for (text, max, bytes, (expected, is_cut)) in cases {
            assert_eq!(cut(Some(text), max, bytes), (expected.to_owned(), is_cut), "{text}");
        }
    }
}
