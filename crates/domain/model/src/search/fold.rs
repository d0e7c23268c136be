//! The one spelling of a text that a search compares. The databases have it as a function too, which must agree.

use alloc::string::String;
use unicode_normalization::UnicodeNormalization;

/// Returns a text in small letters without accents and invisible signs: `Größe` is `grosse`, `Łódź` is `lodz`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() }).collect();
    }
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| folded_of(c, |c| folded.push(c)));
    folded
}

/// Passes the spelling of one character, which may be none or several.
pub(super) fn folded_of(c: char, mut pass: impl FnMut(char)) {
    let small = core::iter::once(c).nfkd().filter(|c| !is_dropped(*c)).flat_map(char::to_lowercase);
    for c in small.nfkd().filter(|c| !is_dropped(*c)) {
        match c {
            'ß' => "ss".chars().for_each(&mut pass),
            'æ' => "ae".chars().for_each(&mut pass),
            'œ' => "oe".chars().for_each(&mut pass),
            'þ' => "th".chars().for_each(&mut pass),
            'ø' => pass('o'),
            'ł' => pass('l'),
            'đ' | 'ð' => pass('d'),
            'ħ' => pass('h'),
            'ı' => pass('i'),
            'ς' => pass('σ'),
            '‘' | '’' => pass('\''),
            c if c.is_whitespace() => pass(' '),
            c => pass(c),
        }
    }
}

/// Whether a character says nothing here: accents, and signs that are not seen. Vowel signs of other scripts stay.
const fn is_dropped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_text_fold_alike() {
        let cases = [
            ("MÜLLER", "muller"),
            ("mu\u{308}ller", "muller"),
            ("Größe GRÖSSE", "grosse grosse"),
            ("ẞ", "ss"),
            ("Łódź Đorđe Þór Ærø Œuvre ħ", "lodz dorde thor aero oeuvre h"),
            ("İstanbul Iğdır", "istanbul igdir"),
            ("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"),
            ("ЁЛКА й", "елка и"),
            ("ｆｕｌｌ ﬁne", "full fine"),
            ("l’été\tl'ete\nx\u{a0}y", "l'ete l'ete x y"),
            ("in\u{ad}vis\u{200b}ible", "invisible"),
            ("שלום 你好 हिन्दी", "שלום 你好 हिन्दी"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text), expected, "{text}");
        }
    }
}
