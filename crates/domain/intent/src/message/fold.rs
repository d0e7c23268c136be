//! A message as the model sees it: one case, no accents, one space, digits alike, a bounded length.

use alloc::string::String;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a message that are examined; a request is stated before that.
const LOOKED_AT: usize = 16_000;
/// Folded characters that are read.
const READ: usize = 2_000;

/// The part of a message that is looked at.
pub(super) fn beginning(text: &str) -> &str {
    text.char_indices().nth(LOOKED_AT).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// Folds the beginning of a message. However it is cased or spaced, the result is the same.
pub(super) fn fold(text: &str) -> String {
    let text = beginning(text);
    let mut folding = Folding::default();
    if text.is_ascii() {
        // Nothing is composed, accented or invisible: a tenth of the time.
        text.chars().map(|c| c.to_ascii_lowercase()).all(|c| folding.take(c));
        return folding.folded;
    }
    let plain = text.chars().filter(|c| !is_invisible(*c)).nfkd();
    // To capitals first: letters that share one then end as the same small letter.
    let small = plain.flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    small.nfkd().filter(|c| !is_combining_mark(*c)).all(|c| folding.take(c));
    folding.folded
}

/// A text while it is folded.
#[derive(Default)]
struct Folding {
    folded: String,
    count: usize,
    /// Whether a space comes before the next character.
    is_apart: bool,
}

impl Folding {
    /// Adds a small letter or sign; whether more are read.
    fn take(&mut self, c: char) -> bool {
        if c.is_whitespace() || c.is_control() {
            self.is_apart = self.count > 0;
            return true;
        }
        if self.count >= READ {
            return false;
        }
        if self.is_apart {
            self.folded.push(' ');
            self.is_apart = false;
        }
        push(c, &mut self.folded);
        self.count += 1;
        true
    }
}

/// The beginning of a message in one case, without accents, with one space between words; digits are all `0`.
pub fn folded(text: &str) -> String {
    fold(text)
}

fn push(c: char, folded: &mut String) {
    match c {
        'ß' => folded.push_str("ss"),
        'ı' => folded.push('i'),
        '’' | '‘' | '`' => folded.push('\''),
        c if c.is_numeric() => folded.push('0'),
        c => folded.push(c),
    }
}

/// Whether a character is invisible: such characters are put between letters to hide a word from filters.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_text_fold_alike() {
        let cases = [
            ("  Hello\n\tWORLD ", "hello world"),
            ("Größe", "grosse"),
            ("GRÖSSE", "grosse"),
            ("Çà coûte 120 €", "ca coute 000 €"),
            ("𝐅𝐫𝐞𝐞 ｍｏｎｅｙ", "free money"),
            ("fr\u{200b}ee\u{0}now", "free now"),
            ("I\u{307}stanbul", "istanbul"),
            ("don’t", "don't"),
            ("`Don't`\u{7f}\u{b}PAY 7$", "'don't' pay 0$"),
            ("שלום", "שלום"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(fold(&"é ".repeat(1_000_000)).chars().filter(|c| *c == 'e').count(), READ);
        assert_eq!(beginning(&"é".repeat(20_000)).chars().count(), LOOKED_AT);
    }
}
