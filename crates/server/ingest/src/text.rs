//! Texts for storage: without control characters, and of a useful length.

/// Returns at most `max` of the allowed characters of a text.
pub(crate) fn kept(text: Option<&str>, max: usize) -> String {
    cut(text, max, usize::MAX).0
}

/// Returns at most `max` characters and `bytes` bytes of the allowed characters of a text, and whether it was longer.
pub(crate) fn cut(text: Option<&str>, max: usize, bytes: usize) -> (String, bool) {
    let text = text.unwrap_or_default().trim();
    // Nearly all texts: within both limits, and only printable ASCII.
    if text.len() <= max.min(bytes) && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return (text.to_owned(), false);
    }
    let plain = || text.chars().filter(|c| is_plain(*c));
    let mut left = bytes;
    let fits = |c: &char| {
        let fits = c.len_utf8() <= left;
        left = left.saturating_sub(c.len_utf8());
        fits
    };
    let kept: String = plain().take(max).take_while(fits).collect();
    let is_cut = kept.len() < plain().map(char::len_utf8).sum();
    (kept, is_cut)
}

/// Whether a stored text may contain a character. Not allowed are control characters, among them NUL, which PostgreSQL
/// cannot store, and marks that reverse the direction of text, which could disguise an address. Zero-width joiners are
/// allowed: scripts and emoji need them.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_go_and_length_is_counted_in_characters() {
        let long = "ä".repeat(64 * 1024);
        let cases = [
            (" a\0b\u{7}\nc ", 10, "abc"),
            ("äöü", 2, "äö"),
            ("\u{0}\u{0}ab", 1, "a"),
            ("exe.\u{202e}gpj", 20, "exe.gpj"),
            ("\u{2067}שלום\u{2069}", 20, "שלום"),
            ("👩\u{200d}💻 می\u{200c}خواهم", 20, "👩\u{200d}💻 می\u{200c}خواهم"),
            (&long, 3, "äää"),
        ];
        for (text, max, expected) in cases {
            assert_eq!(kept(Some(text), max), expected, "{text:.20}");
        }
        assert_eq!(kept(None, 2), "");
    }

    #[test]
    fn a_text_that_was_longer_is_marked_as_cut() {
        let cases = [
            ("abc", 3, 3, ("abc", false)),
            ("abc", 2, 9, ("ab", true)),
            ("abc", 9, 2, ("ab", true)),
            ("a\0bc ", 3, 9, ("abc", false)),
            ("äöü", 3, 5, ("äö", true)),
            ("äb", 9, 1, ("", true)),
        ];
        for (text, max, bytes, (expected, is_cut)) in cases {
            assert_eq!(cut(Some(text), max, bytes), (expected.to_owned(), is_cut), "{text}");
        }
    }
}
