//! The features of a message: which words, pairs of words and parts of words it has, and its marks.

use super::fold::fold;
use super::marks::{self, Piece};
use super::themes;
use alloc::string::String;
use alloc::vec::Vec;

/// Places for the hashes of words, and as many for those of parts of words.
pub const BUCKETS: usize = 1 << 14;

/// Lengths of the parts of words, their edges counted as letters.
const PARTS: core::ops::RangeInclusive<usize> = 3..=5;

/// The features of a message, each once and in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Hashes of single words and of two that follow each other.
    pub words: Vec<u16>,
    /// Hashes of three to five letters of one word.
    pub parts: Vec<u16>,
    /// One bit for each mark.
    pub marks: u32,
    /// One bit for each theme.
    pub themes: u64,
}

impl Features {
    /// The features of the beginning of `text`.
    pub fn of(text: &str) -> Features {
        let folded = fold(text);
        let words = words(&folded);
        let marks = marks::of(text, &folded, words.len());
        let mut features = Features { marks, themes: themes::of(&words), ..Features::default() };
        let mut before: Option<&str> = None;
        for word in &words {
            features.words.push(bucket(&[word]));
            features.words.extend(before.map(|before| bucket(&[before, " ", word])));
            before = Some(word);
            add_parts(word, &mut features.parts);
        }
        for list in [&mut features.words, &mut features.parts] {
            list.sort_unstable();
            list.dedup();
        }
        features
    }

    /// Whether it has no word at all: empty, or only signs and pictures.
    pub fn is_wordless(&self) -> bool {
        self.words.is_empty()
    }
}

/// The words of a folded text; links and addresses are all the same word, apostrophes are left out.
fn words(folded: &str) -> Vec<String> {
    let mut words = Vec::new();
    for piece in folded.split(' ') {
        match Piece::of(piece) {
            Piece::Link => words.push(String::from("\u{1}link")),
            Piece::Address => words.push(String::from("\u{1}address")),
            Piece::Text => {
                let whole: String = piece.chars().filter(|c| *c != '\'').collect();
                words.extend(whole.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(String::from));
            }
        }
    }
    words
}

fn add_parts(word: &str, parts: &mut Vec<u16>) {
    if word.starts_with('\u{1}') {
        return;
    }
    let edged: Vec<char> = core::iter::once(' ').chain(word.chars()).chain(core::iter::once(' ')).collect();
    for length in PARTS {
        for part in edged.windows(length) {
            let part: String = part.iter().collect();
            parts.push(bucket(&[&part]));
        }
    }
}

/// FNV-1a over the bytes of all pieces, folded to the number of buckets.
fn bucket(pieces: &[&str]) -> u16 {
    let bytes = pieces.iter().flat_map(|piece| piece.bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    ((hash ^ (hash >> 28) ^ (hash >> 44)) % BUCKETS as u64) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_never_changes() {
        assert_eq!((bucket(&["price"]), bucket(&["how", " ", "much"]), bucket(&[""])), (810, 2691, 4676));
    }

    #[test]
    fn links_addresses_and_apostrophes_are_levelled() {
        let check = |text: &str, expected: &[&str]| assert_eq!(words(text), expected, "{text}");
        check("can't log-in", &["cant", "log", "in"]);
        check("see https://acme.example/a?b=c, or ann@acme.example!", &["see", "\u{1}link", "or", "\u{1}address"]);
        check("👍 !!", &[]);
    }

    #[test]
    fn every_feature_is_there_once_and_in_order() {
        let features = Features::of("price price price list");
        assert!(features.words.is_sorted() && features.parts.is_sorted());
        assert_eq!(features.words.len(), 4, "price, list, price price, price list");
        assert!(Features::of("…").is_wordless());
    }
}
