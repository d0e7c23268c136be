//! Texts as they are kept: without control characters, not longer than useful.

/// A text of at most `max` characters. NUL, which PostgreSQL cannot hold, and other controls go.
pub(crate) fn kept(text: Option<&str>, max: usize) -> String {
    let text = text.unwrap_or_default().trim();
    // Nearly all texts: no more bytes than characters may be, and no byte of a control.
    if text.len() <= max && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    text.chars().filter(|c| !c.is_control()).take(max).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_go_and_length_is_counted_in_characters() {
        assert_eq!(kept(Some(" a\0b\u{7}\nc "), 10), "abc");
        assert_eq!(kept(Some("äöü"), 2), "äö");
        assert_eq!(kept(None, 2), "");
    }
}
