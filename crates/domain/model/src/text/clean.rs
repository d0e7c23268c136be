//! The one cleaning of texts, beneath all kinds.

use alloc::borrow::Cow;
use alloc::string::String;

/// The most line breaks in a row: an empty line between two paragraphs.
const BREAKS_IN_A_ROW: usize = 2;

/// The meaning of a character in a text.
enum Meaning {
    Kept(char),
    Space,
    Break,
    /// Says nothing: controls, marks that reverse the direction of text and could disguise an address, and invisible
    /// characters without an effect on others.
    Nothing,
}

/// Zero-width joiners are kept: scripts and emoji need them. So is the wide space of East Asian names.
fn meaning(c: char) -> Meaning {
    match c {
        '\u{3000}' => Meaning::Kept(c),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Meaning::Break,
        // The last two are shown as nothing, and names are made of them.
        '\t' | '\u{3164}' | '\u{ffa0}' => Meaning::Space,
        c if c.is_control() || is_invisible(c) => Meaning::Nothing,
        c if c.is_whitespace() => Meaning::Space,
        c => Meaning::Kept(c),
    }
}

const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a character joins others, and shows nothing by itself.
pub(super) const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// A text on one line: a line break and odd whitespace become a space, of spaces in a row one is kept.
pub fn one_line(text: &str) -> Cow<'_, str> {
    // Nearly all texts.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("  ") {
        return Cow::Borrowed(text.trim());
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match meaning(c) {
            Meaning::Kept(c) => line.push(c),
            Meaning::Space | Meaning::Break if line.ends_with(' ') => {}
            Meaning::Space | Meaning::Break => line.push(' '),
            Meaning::Nothing => {}
        }
    }
    Cow::Owned(line.trim().into())
}

/// A text of at most so many lines, each ended by `\n`; further line breaks become spaces.
pub fn many_lines(text: &str, max: usize) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text.trim());
    }
    let (mut lines, mut count, mut in_a_row) = (String::with_capacity(text.len()), 1, 0);
    let mut before = None;
    for c in text.trim().chars() {
        match meaning(c) {
            Meaning::Kept(c) => {
                lines.push(c);
                in_a_row = 0;
            }
            Meaning::Space => lines.push(' '),
            // The second half of a line's end.
            Meaning::Break if c == '\n' && before == Some('\r') => {}
            // At the beginning of the text it would be trimmed.
            Meaning::Break if in_a_row == BREAKS_IN_A_ROW || lines.trim().is_empty() => {}
            Meaning::Break if count >= max => lines.push(' '),
            Meaning::Break => {
                lines.push('\n');
                count += 1;
                in_a_row += 1;
            }
            Meaning::Nothing => {}
        }
        before = Some(c);
    }
    Cow::Owned(lines.trim().into())
}

/// The first characters of a cleaned text; empty where nothing of it would be seen.
pub(super) fn cut(text: &str, max: usize) -> String {
    let kept = match text.char_indices().nth(max) {
        None => text,
        // Half an emoji or half a syllable would be shown otherwise.
        Some((end, _)) => text[..end].trim_end_matches(|c: char| is_joiner(c) || c.is_whitespace()),
    };
    let is_seen = kept.chars().any(|c| !is_joiner(c) && !c.is_whitespace());
    if is_seen { kept.into() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_what_is_seen_and_nothing_else() {
        let cases = [
            ("Lee\nX", "Lee X"),
            (" Lee \r\n\t X ", "Lee X"),
            ("a\0b\u{7}c\u{1b}[31m", "abc[31m"),
            ("a\u{85}b\u{2028}c\u{2029}d\u{b}e", "a b c d e"),
            ("exe.\u{202e}gpj", "exe.gpj"),
            ("\u{2067}\u{5e9}\u{5dc}\u{2069}\u{200f}\u{200e}\u{61c}", "\u{5e9}\u{5dc}"),
            ("a\u{200b}b\u{feff}c\u{2060}d\u{ad}e", "abcde"),
            (
                "\u{1f469}\u{200d}\u{1f4bb} \u{645}\u{6cc}\u{200c}\u{62e}",
                "\u{1f469}\u{200d}\u{1f4bb} \u{645}\u{6cc}\u{200c}\u{62e}",
            ),
            ("a\u{a0}b\u{202f}c\u{2003}d", "a b c d"),
            ("\u{5c71}\u{7530}\u{3000}\u{592a}\u{90ce}", "\u{5c71}\u{7530}\u{3000}\u{592a}\u{90ce}"),
            ("\u{3164}", ""),
            ("a  b", "a b"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(one_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_keep_their_breaks_within_reason() {
        let cases = [
            ("a\r\nb\rc\nd", 9, "a\nb\nc\nd"),
            ("a\n\n\n\nb", 9, "a\n\nb"),
            ("a\nb\nc\nd", 2, "a\nb c d"),
            ("\n\n a\tb \n\n", 9, "a b"),
            ("a\u{2028}b\u{c}c", 9, "a\nb\nc"),
            ("a\0\u{202e}\nb", 9, "a\nb"),
            ("a  b", 9, "a  b"),
        ];
        for (text, max, expected) in cases {
            assert_eq!(many_lines(text, max), expected, "{text:?}");
        }
    }

    #[test]
    fn a_cut_text_ends_with_a_whole_character() {
        let cases = [
            ("abc", 3, "abc"),
            ("\u{e4}\u{f6}\u{fc}", 2, "\u{e4}\u{f6}"),
            ("ab cd", 3, "ab"),
            ("\u{1f469}\u{200d}\u{1f4bb}", 2, "\u{1f469}"),
            ("\u{200d}\u{200c}", 9, ""),
            ("", 9, ""),
        ];
        for (text, max, expected) in cases {
            assert_eq!(cut(text, max), expected, "{text:?}");
        }
    }
}
