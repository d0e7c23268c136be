//! Telephone numbers as people write them.

mod find;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A telephone number as it was written, with single spaces; an extension may follow it, as in `ext. 12`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

/// A text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPhone;

impl fmt::Display for InvalidPhone {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "is no phone number: {} to {} digits, with a + before them at most", Phone::LEAST, Phone::MOST)
    }
}

impl core::error::Error for InvalidPhone {}

/// Words between a number and its extension.
const EXTENSIONS: [&str; 4] = ["extension", "ext", "x", "#"];

impl Phone {
    /// The fewest digits.
    pub const LEAST: usize = 5;
    /// The most digits without an international prefix, as E.164 has it.
    pub const MOST: usize = 15;
    /// The maximum length, in characters.
    pub const LONGEST: usize = 40;

    /// Reads a text that is a telephone number as a whole.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Phone, InvalidPhone> {
        let text: String = text.chars().map(plain).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.strip_prefix("tel:").unwrap_or(&text).trim();
        let (number, extension) = parts(text);
        let is_part = |(at, sign): (usize, char)| {
            sign.is_ascii_digit() || matches!(sign, ' ' | '(' | ')' | '-' | '.' | '/') || (sign == '+' && at == 0)
        };
        let digits = international(number).chars().filter(char::is_ascii_digit).count();
        let is_number = number.char_indices().all(is_part) && (Phone::LEAST..=Phone::MOST).contains(&digits);
        let is_extension = extension.is_none_or(|extension| (1..=6).contains(&extension.len()));
        if is_number && is_extension && text.chars().count() <= Phone::LONGEST {
            Ok(Phone(text.into()))
        } else {
            Err(InvalidPhone)
        }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a link that calls it: `tel:+49301234567`. A number without a country is called as one of the
    /// caller's.
    pub fn link(&self) -> String {
        let (number, extension) = parts(&self.0);
        let number = international(number);
        let mut link = String::from(if number.starts_with('+') { "tel:+" } else { "tel:" });
        // The zero in `+49 (0) 30` is dialled only within the country.
        let number = if number.starts_with('+') { number.replace("(0)", "") } else { number };
        link.extend(number.chars().filter(char::is_ascii_digit));
        if let Some(extension) = extension {
            link.push_str(";ext=");
            link.push_str(extension);
        }
        link
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// A sign of a number as it stands on a keyboard.
fn plain(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        sign if sign.is_whitespace() => ' ',
        sign => sign,
    }
}

/// The number, and the digits of the extension after it.
fn parts(text: &str) -> (&str, Option<&str>) {
    let digits = text.len() - text.trim_end_matches(|sign: char| sign.is_ascii_digit()).len();
    let (before, extension) = text.split_at(text.len() - digits);
    let before = before.trim_end_matches([' ', '.', ':']);
    for word in EXTENSIONS {
        let at = before.len().saturating_sub(word.len());
        if before.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(word)) {
            return (before[..at].trim_end_matches([' ', ',', ';']), Some(extension));
        }
    }
    (text, None)
}

/// The number with `+` where it begins with `00`.
fn international(number: &str) -> String {
    let Some(rest) = number.strip_prefix("00") else { return number.into() };
    let mut with_plus = String::from("+");
    with_plus.push_str(rest);
    with_plus
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_as_it_was_written_and_is_called_by_its_digits() {
        for (text, shown, link) in [
            ("+49 30 1234567", "+49 30 1234567", "tel:+49301234567"),
            ("  +49\u{a0}(0)30 / 123\u{2011}45 ", "+49 (0)30 / 123-45", "tel:+493012345"),
            ("0049 30 1234567", "0049 30 1234567", "tel:+49301234567"),
            ("(415) 555-0132", "(415) 555-0132", "tel:4155550132"),
            ("+1 415 555 0132 ext. 12", "+1 415 555 0132 ext. 12", "tel:+14155550132;ext=12"),
            ("+1 415.555.0132x7", "+1 415.555.0132x7", "tel:+14155550132;ext=7"),
            ("tel:+34612345678", "+34612345678", "tel:+34612345678"),
        ] {
            let phone = Phone::parse(text).expect(text);
            assert_eq!((phone.as_str(), &*phone.link()), (shown, link), "{text}");
            assert_eq!(Phone::parse(phone.as_str()), Ok(phone), "{text}");
        }
    }

    #[test]
    fn a_text_that_is_more_or_less_than_a_number_is_none() {
        for text in ["", "  ", "+", "1234", "+49 30 12345678901234", "call me", "030 1234567 or 8", "ann@globex.test"] {
            assert_eq!(Phone::parse(text), Err(InvalidPhone), "{text}");
        }
        for text in ["1+23456789", "030 1234567 ext. 1234567", "030,1234567", "x12345678"] {
            assert_eq!(Phone::parse(text), Err(InvalidPhone), "{text}");
        }
    }
}
