//! Searching texts by words, without regard to case and accents: what is asked for, and where a text has it.

mod fold;
mod marks;

pub use fold::fold;
pub use marks::Piece;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use fold::folded_of;

/// The words of a search. A text part in double quotes is one word, with its spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Folded, each once.
    words: Vec<String>,
}

impl Search {
    /// The most words that are looked for; the others are ignored.
    pub const MAX: usize = 8;

    /// Reads what a member typed. Signs at the edges of a word are not looked for: `"Hello, Anna!"` finds `hello anna`.
    pub fn parse(text: &str) -> Search {
        let mut words: Vec<String> = Vec::new();
        for (place, part) in text.split('"').enumerate() {
            let is_quoted = place % 2 == 1;
            let folded = fold(part);
            if is_quoted {
                add(folded.split_whitespace().collect::<Vec<_>>().join(" "), &mut words);
            } else {
                folded.split_whitespace().for_each(|word| add(bare(word).to_string(), &mut words));
            }
        }
        Search { words }
    }

    /// The folded words: a text that is folded, too, has each of them or does not.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn add(word: String, words: &mut Vec<String>) {
    if !word.is_empty() && words.len() < Search::MAX && !words.contains(&word) {
        words.push(word);
    }
}

/// A word without the marks around it; all of it, if it is nothing else.
fn bare(word: &str) -> &str {
    let is_mark = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '(' | ')' | '\'');
    let bare = word.trim_matches(is_mark);
    if bare.is_empty() { word } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_its_words_in_one_spelling() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("  \"\" ", &[]),
            ("MÜLLER", &["muller"]),
            ("Anna  müller", &["anna", "muller"]),
            ("anna Anna ANNA", &["anna"]),
            ("\"Anna  Müller\" sso", &["anna muller", "sso"]),
            ("say \"never closed", &["say", "never closed"]),
            ("Hello, Anna!", &["hello", "anna"]),
            ("100% c++ a@b.de ?", &["100%", "c++", "a@b.de", "?"]),
            ("Straße strasse", &["strasse"]),
            ("1 2 3 4 5 6 7 8 9", &["1", "2", "3", "4", "5", "6", "7", "8"]),
        ];
        for (text, expected) in cases {
            assert_eq!(Search::parse(text).words(), *expected, "{text}");
        }
    }
}
