//! Texts without what identifies a person: e-mail addresses and long numbers.

use crate::privacy::words::is_email;
use alloc::string::String;

/// What stands for something hidden.
pub(crate) const MASK: &str = "***";
/// Digits in a row from which a number is no year, price or amount any more.
const RUN: u32 = 9;
/// The same when the digits are written in groups: card numbers have 12 to 19.
const GROUPED: u32 = 12;

/// A visible text as it is sent: one space between words, masked, at most `limit` characters.
pub(crate) fn label(text: &str, limit: usize) -> String {
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(if is_email(word) { MASK } else { word });
        // A text is read no further than needed: it may be a whole page.
        if line.len() > limit * 4 {
            break;
        }
    }
    mask_numbers(&line, limit)
}

/// The first `limit` characters.
pub(crate) fn bounded(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}

/// Replaces each number that is too long to be harmless; numbers may have single separators.
fn mask_numbers(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut number = Number::default();
    for c in text.chars() {
        let is_digit = c.is_ascii_digit();
        if is_digit {
            number.run += 1;
            number.digits += 1;
            number.longest = number.longest.max(number.run);
        } else if number.run > 0 && matches!(c, ' ' | '-' | '.') {
            number.run = 0;
        } else {
            number = Number { start: out.len() + c.len_utf8(), ..Number::default() };
        }
        out.push(c);
        if is_digit && (number.longest >= RUN || number.digits >= GROUPED) {
            out.truncate(number.start);
            out.push_str(MASK);
        }
    }
    bounded(&out, limit)
}

/// A number that is being read.
#[derive(Default)]
struct Number {
    /// Where it starts in what has been written.
    start: usize,
    run: u32,
    longest: u32,
    digits: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(label(text, 100), expected, "{text}");
    }

    #[test]
    fn addresses_and_long_numbers_are_hidden() {
        check("Write to ann.lee@example.com now", "Write to *** now");
        check("<ann@x.de>, (bob@y.de)", "*** ***");
        check("Card 4111 1111 1111 1111 ok", "Card *** ok");
        check("4111-1111-1111-1111", "***");
        check("order 123456789", "order ***");
        check("é4111111111111111é", "é***é");
    }

    #[test]
    fn ordinary_texts_stay() {
        for text in ["Book a demo", "@scope/package", "a @ b", "10.000 €", "2026-11-20", "1 2 3", "24/7", "v1.2.3", ""]
        {
            check(text, text);
        }
    }

    #[test]
    fn white_space_is_collapsed_and_length_bounded_by_characters() {
        check("  Book  a   demo ", "Book a demo");
        assert_eq!(label(&"ü".repeat(300), 100), "ü".repeat(100));
        assert_eq!(label(&"a ".repeat(100_000), 5), "a a a");
    }
}
