//! The lines of a calendar as files have them: mixed ends, folds at any byte, encodings other than UTF-8.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The unfolded lines, without control characters and without empty ones.
pub(super) fn lines(object: &[u8]) -> Vec<String> {
    unfolded(&as_bytes(object)).iter().map(|line| text(line)).collect()
}

/// The lines as they stand, trimmed: those of a file that was indented, which looks like one folded line.
pub(super) fn indented_lines(object: &[u8]) -> Vec<String> {
    raw(&as_bytes(object)).map(|line| text(line).trim().to_owned()).collect()
}

/// The same text in an encoding that has ASCII as single bytes: folds are cut from bytes.
fn as_bytes(object: &[u8]) -> Cow<'_, [u8]> {
    let decoded = |encoding: &'static Encoding, bytes| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        Cow::Owned(text.into_owned().into_bytes())
    };
    match object {
        [0xff, 0xfe, rest @ ..] => decoded(UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => decoded(UTF_16BE, rest),
        [first, 0, _, 0, ..] if *first != 0 => decoded(UTF_16LE, object),
        [0, first, 0, ..] if *first != 0 => decoded(UTF_16BE, object),
        _ => Cow::Borrowed(object),
    }
}

/// The lines that are not empty, whatever ends them.
fn raw(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n'));
    lines.map(|line| line.strip_prefix(MARK).unwrap_or(line)).filter(|line| !line.is_empty())
}

/// Joins folded lines: a fold may stand within a character.
fn unfolded(bytes: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let mut lines: Vec<Cow<'_, [u8]>> = Vec::new();
    for line in raw(bytes) {
        match (line, lines.last_mut()) {
            ([b' ' | b'\t', rest @ ..], Some(before)) => before.to_mut().extend_from_slice(rest),
            _ => lines.push(Cow::Borrowed(line)),
        }
    }
    lines
}

/// A line as text. What is no UTF-8 is the encoding of old programs, in which every byte is a character.
fn text(line: &[u8]) -> String {
    let text = str::from_utf8(line).map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(line).0, Cow::Borrowed);
    text.chars().filter(|c| *c == '\t' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(lines(bytes), expected, "{bytes:?}");
    }

    #[test]
    fn lines_end_in_any_way() {
        check(b"A:1\r\nB:2\nC:3\rD:4\r\r\n\r\nE:5", &["A:1", "B:2", "C:3", "D:4", "E:5"]);
        check(b"A:1\r\n 2\n\t3\r 4\r\r\n 5", &["A:12345"]);
    }

    #[test]
    fn characters_are_whole_after_unfolding() {
        check("A:ä\r\nB:\u{b}x\u{0}".as_bytes(), &["A:ä", "B:x"]);
        check(b"A:\xc3\r\n \xa4", &["A:\u{e4}"]);
        check(b"A:Gespr\xe4ch \x80", &["A:Gespr\u{e4}ch \u{20ac}"]);
    }

    #[test]
    fn marks_of_byte_order_are_no_content() {
        check(b"\xef\xbb\xbfA:1\r\n\xef\xbb\xbfB:2", &["A:1", "B:2"]);
        let wide = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        for mark in ["", "\u{feff}"] {
            let units = wide(&format!("{mark}BEGIN:X\r\nA:\u{e4}\r\n b"));
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            check(&little, &["BEGIN:X", "A:\u{e4}b"]);
            check(&big, &["BEGIN:X", "A:\u{e4}b"]);
        }
    }

    proptest! {
        #[test]
        fn folds_anywhere_and_any_ends_give_the_same_lines(
            texts in prop::collection::vec("[A-Z]{1,8}:[a-zäß€😀 ,;]{0,20}x", 1..6),
            folds in prop::collection::vec((1usize..200, 0usize..6), 0..12),
            ends in prop::collection::vec(0usize..3, 6),
        ) {
            let end = |n: usize| ["\r\n", "\n", "\r"][n % 3].as_bytes();
            let mut bytes = Vec::new();
            for (n, line) in texts.iter().enumerate() {
                for (at, byte) in line.bytes().enumerate() {
                    if let Some((_, kind)) = folds.iter().find(|(fold, _)| at > 0 && *fold == at + n * 7) {
                        bytes.extend_from_slice(end(*kind));
                        bytes.push(if *kind < 3 { b' ' } else { b'\t' });
                    }
                    bytes.push(byte);
                }
                bytes.extend_from_slice(end(ends[n]));
            }
            prop_assert_eq!(lines(&bytes), texts);
        }
    }
}
