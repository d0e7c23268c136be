//! Writing JSON by hand: a serialiser would double what visitors download.

use alloc::string::String;
use knock_model::SignalId;

/// Numbers of this length fit for certain.
const DIGITS_MAX: usize = 18;

/// Appends a string with its quotes. The two line separators that old scripts trip over are escaped too.
pub(crate) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => push_escape(out, c as u32),
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Appends a whole number; a negative one counts as 0.
pub(crate) fn push_number(out: &mut String, number: i64) {
    let mut number = number.max(0);
    let start = out.len();
    loop {
        out.insert(start, char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return;
        }
    }
}

/// Reads what [`push_number`] wrote; 0 for anything else, and for what may not fit.
pub(crate) fn number(text: &str) -> i64 {
    let mut number = 0i64;
    for c in text.bytes() {
        if !c.is_ascii_digit() || text.len() > DIGITS_MAX {
            return 0;
        }
        number = number * 10 + i64::from(c - b'0');
    }
    number
}

/// An id in its hyphenated form.
pub(crate) fn id_text(id: &SignalId) -> String {
    let mut out = String::new();
    for (at, byte) in id.as_bytes().iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        push_digit(&mut out, byte >> 4);
        push_digit(&mut out, *byte);
    }
    out
}

/// Appends `"name":"text",` unless the text is empty.
pub(crate) fn push_member(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        push_text(out, name);
        out.push(':');
        push_text(out, text);
        out.push(',');
    }
}

fn push_escape(out: &mut String, code: u32) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        push_digit(out, (code >> shift) as u8);
    }
}

/// Appends the last four bits as a hexadecimal digit.
fn push_digit(out: &mut String, bits: u8) {
    let digit = bits & 15;
    out.push(char::from(if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_cannot_hold_is_escaped() {
        let mut out = String::new();
        push_text(&mut out, "a\"b\\c\n\0\u{2028}\u{1f}é😀");
        assert_eq!(out, r#""a\"b\\c\u000a\u0000\u2028\u001fé😀""#);
    }

    #[test]
    fn an_id_is_written_as_it_is_read() {
        let id = SignalId::new(knock_model::Millis(1_780_000_000_123), &[0xa7; 10]);
        assert_eq!(SignalId::parse(&id_text(&id)), Ok(id));
    }

    #[test]
    fn numbers_are_written_in_full_and_read_back() {
        for value in [0, 7, 10, 1_780_000_000_123, 999_999_999_999_999_999] {
            let mut out = String::from("x");
            push_number(&mut out, value);
            assert_eq!(out, format!("x{value}"));
            assert_eq!(number(&out[1..]), value);
        }
        for text in ["", "-1", "1.5", "x", " 1", "9999999999999999999"] {
            assert_eq!(number(text), 0, "{text}");
        }
    }
}
