//! Reads the words of JSON, one after the other.

use super::Invalid;
use super::number::{Number, fraction, is_whole};

/// Deeper than any shape of ours.
const DEEPEST: u8 = 32;

/// A text and how far it was read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    rest: &'t str,
    depth: u8,
    /// By address, so that who reads whole numbers only does not download how fractions are read.
    fraction: Option<fn(&str) -> Option<f64>>,
    pub(super) is_missing: bool,
}

impl<'t> Reader<'t> {
    /// At the beginning of a text.
    pub(super) fn new(text: &'t str) -> Reader<'t> {
        Reader { rest: text, depth: 0, fraction: None, is_missing: false }
    }

    /// The same, for numbers with fractions too.
    pub(super) fn with_fractions(self) -> Reader<'t> {
        Reader { fraction: Some(fraction), ..self }
    }

    /// A reader of a missing value.
    pub(super) fn missing(&self) -> Reader<'t> {
        Reader { rest: "", is_missing: true, ..*self }
    }

    /// Whether nothing but space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.rest.is_empty()
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    /// The next byte that is no space, 0 at the end.
    pub(super) fn peek(&mut self) -> u8 {
        self.skip_space();
        self.rest.bytes().next().unwrap_or(0)
    }

    pub(super) fn take(&mut self, word: &str) -> Result<(), Invalid> {
        self.skip_space();
        self.rest = self.rest.strip_prefix(word).ok_or(Invalid)?;
        Ok(())
    }

    fn skip(&mut self, bytes: usize) -> Result<&'t str, Invalid> {
        let (taken, rest) = self.rest.split_at_checked(bytes).ok_or(Invalid)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Takes a text in quotes.
    pub(super) fn text(&mut self) -> Result<String, Invalid> {
        self.take("\"")?;
        let mut text = String::new();
        loop {
            let plain = self.rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < b' ');
            text.push_str(self.skip(plain.ok_or(Invalid)?)?);
            match self.skip(1)? {
                "\"" => return Ok(text),
                "\\" => text.push(self.escaped()?),
                _ => return Err(Invalid),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Invalid> {
        Ok(match self.skip(1)? {
            "n" => '\n',
            "t" => '\t',
            "r" => '\r',
            "b" => '\u{8}',
            "f" => '\u{c}',
            "u" => return self.code_point(),
            same @ ("\"" | "\\" | "/") => same.chars().next().ok_or(Invalid)?,
            _ => return Err(Invalid),
        })
    }

    fn code_point(&mut self) -> Result<char, Invalid> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or(Invalid);
        }
        self.rest = self.rest.strip_prefix("\\u").ok_or(Invalid)?;
        let low = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Invalid)?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + low).ok_or(Invalid)
    }

    fn unit(&mut self) -> Result<u32, Invalid> {
        let digits = self.skip(4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Invalid);
        }
        u32::from_str_radix(digits, 16).map_err(|_| Invalid)
    }

    pub(super) fn number(&mut self) -> Result<Number, Invalid> {
        let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        let end = self.rest.bytes().position(|byte| !is_part(byte)).unwrap_or(self.rest.len());
        let number = self.skip(end)?;
        if is_whole(number)
            && let Ok(whole) = number.parse()
        {
            return Ok(Number::Whole(whole));
        }
        self.fraction.and_then(|fraction| fraction(number)).map(Number::Fraction).ok_or(Invalid)
    }

    /// Skips a value, which is read later.
    pub(super) fn skip_value(&mut self) -> Result<(), Invalid> {
        let mut open = 0_u32;
        loop {
            match self.peek() {
                b'"' => self.skip_text()?,
                b'{' | b'[' => {
                    self.skip(1)?;
                    open += 1;
                }
                b'}' | b']' => {
                    self.skip(1)?;
                    open = open.checked_sub(1).ok_or(Invalid)?;
                }
                b',' | b':' if open > 0 => drop(self.skip(1)?),
                _ => {
                    let is_other = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                    let end = self.rest.bytes().position(|byte| !is_other(byte)).unwrap_or(self.rest.len());
                    if end == 0 {
                        return Err(Invalid);
                    }
                    self.skip(end)?;
                }
            }
            if open == 0 {
                return Ok(());
            }
        }
    }

    fn skip_text(&mut self) -> Result<(), Invalid> {
        self.skip(1)?;
        loop {
            let end = self.rest.bytes().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Invalid)?;
            self.skip(end)?;
            if self.skip(1)? == "\"" {
                return Ok(());
            }
            self.skip(1)?;
        }
    }

    /// Whether one more follows in what `end` closes.
    pub(super) fn has_next(&mut self, end: u8, is_first: bool) -> Result<bool, Invalid> {
        let next = self.peek();
        if next == end {
            self.skip(1)?;
            self.depth -= 1;
            return Ok(false);
        }
        if !is_first {
            self.take(",")?;
        }
        Ok(true)
    }

    /// Takes the bracket that opens a list or an object; how deep it stands.
    pub(super) fn enter(&mut self, opening: &str) -> Result<u8, Invalid> {
        let outside = self.depth;
        if outside == DEEPEST {
            return Err(Invalid);
        }
        self.take(opening)?;
        self.depth += 1;
        Ok(outside)
    }

    /// Takes the bracket that closes it, where a shape asked for no more than it wants.
    pub(super) fn leave(&mut self, outside: u8, end: u8) -> Result<(), Invalid> {
        if self.depth > outside && self.has_next(end, false)? { Err(Invalid) } else { Ok(()) }
    }
}
