//! Texts as they are kept: without control characters, not longer than useful.

/// A text of at most `max` characters, of those that may be kept.
pub(crate) fn kept(text: Option<&str>, max: usize) -> String {
    let text = text.unwrap_or_default().trim();
    // Nearly all texts: no more bytes than characters may be, and no byte of a control.
    if text.len() <= max && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    text.chars().filter(|c| is_plain(*c)).take(max).collect()
}

/// Whether a character may stand in a text that is kept. Controls go, among them NUL, which PostgreSQL cannot hold,
/// and what turns the direction of the text around it, which could make an address read as another one. Joiners of
/// zero width stay: scripts and emoji are written with them.
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
}
