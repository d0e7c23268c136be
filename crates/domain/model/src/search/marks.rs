//! Where a text has the words of a search, and the part of it that shows them.

use super::{Search, folded_of};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// Characters before the first found word in an excerpt.
const BEFORE: usize = 30;

/// A part of an excerpt: one that was asked for, or what is between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub is_hit: bool,
}

impl Search {
    /// The number of words of the search that a text has.
    pub fn count_in(&self, text: &str) -> usize {
        let folded = super::fold(text);
        self.words.iter().filter(|word| folded.contains(word.as_str())).count()
    }

    /// Returns the part of a text around the first found word, of `most` characters and in one line; none if the text
    /// has no word of the search.
    pub fn excerpt(&self, text: &str, most: usize) -> Option<Vec<Piece>> {
        let marks = self.marks(text);
        let first = marks.first()?.start;
        let start = beginning(text, first);
        let end = text.get(start..)?.char_indices().nth(most).map_or(text.len(), |(at, _)| start + at);
        let mut pieces = if start > 0 { vec![Piece { text: "… ".to_string(), is_hit: false }] } else { Vec::new() };
        let mut at = start;
        for mark in marks.iter().filter(|mark| mark.start < end) {
            push(text.get(at..mark.start)?, false, &mut pieces);
            at = mark.end.min(end);
            push(text.get(mark.start..at)?, true, &mut pieces);
        }
        push(text.get(at..end)?, false, &mut pieces);
        if end < text.len() {
            push(" …", false, &mut pieces);
        }
        Some(pieces)
    }

    /// The places of all words in a text, in order, without overlaps.
    fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let (folded, from) = folded_with_places(text);
        let mut found: Vec<Range<usize>> = Vec::new();
        for word in &self.words {
            for (at, _) in folded.match_indices(word.as_str()) {
                let start = from.get(at).map_or(0, |place| place.start);
                let end = from.get(at + word.len() - 1).map_or(text.len(), |place| place.end);
                found.push(start..end);
            }
        }
        found.sort_by_key(|mark| (mark.start, mark.end));
        let mut marks: Vec<Range<usize>> = Vec::new();
        for mark in found {
            match marks.last_mut() {
                Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
                _ => marks.push(mark),
            }
        }
        marks
    }
}

/// A folded text, and for each of its bytes the place of the character that it comes from. An accent that is a
/// character of its own belongs to the letter before it.
fn folded_with_places(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut folded, mut from) = (String::new(), Vec::<Range<usize>>::new());
    for (start, c) in text.char_indices() {
        let (before, place) = (folded.len(), start..start + c.len_utf8());
        folded_of(c, |c| folded.push(c));
        if folded.len() == before {
            let letter = from.last().map(|last| last.start);
            from.iter_mut().rev().take_while(|last| Some(last.start) == letter).for_each(|last| last.end = place.end);
        }
        from.resize(folded.len(), place);
    }
    (folded, from)
}

/// The start of the excerpt: a little before the first found word, at the start of a word where there is one.
fn beginning(text: &str, first: usize) -> usize {
    let Some(before) = text.get(..first) else { return 0 };
    let Some((from, _)) = before.char_indices().rev().nth(BEFORE) else { return 0 };
    let space = before.get(from..).and_then(|part| part.find(char::is_whitespace).map(|at| from + at + 1));
    space.filter(|at| text.is_char_boundary(*at)).unwrap_or(from)
}

/// Adds a part, with one space for each line break.
fn push(part: &str, is_hit: bool, pieces: &mut Vec<Piece>) {
    if part.is_empty() {
        return;
    }
    let text: String = part.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    match pieces.last_mut() {
        Some(last) if last.is_hit == is_hit => last.text.push_str(&text),
        _ => pieces.push(Piece { text, is_hit }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;
    use alloc::format;
    use proptest::prelude::*;

    fn marked(search: &str, text: &str) -> Option<String> {
        let pieces = Search::parse(search).excerpt(text, 60)?;
        let shown =
            pieces.iter().map(|Piece { text, is_hit }| if *is_hit { format!("[{text}]") } else { text.clone() });
        Some(shown.collect())
    }

    #[test]
    fn an_excerpt_marks_each_word_as_it_is_written() {
        let cases = [
            ("muller", "Björn MÜLLER", Some("Björn [MÜLLER]")),
            ("mu\u{308}ller", "Mu\u{308}ller!", Some("[Mu\u{308}ller]!")),
            ("sso coupa", "Does Coupa know SSO?", Some("Does [Coupa] know [SSO]?")),
            ("strasse", "Hauptstraße 1", Some("Haupt[straße] 1")),
            ("ss", "Maß", Some("Ma[ß]")),
            ("ab bc", "abc", Some("[abc]")),
            ("two", "one\n\ntwo", Some("one  [two]")),
            ("\"two one\"", "one two", None),
            ("three", "one two", None),
            ("", "one two", None),
        ];
        for (search, text, expected) in cases {
            assert_eq!(marked(search, text).as_deref(), expected, "{search} in {text}");
        }
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_word() {
        let text = format!("{} needle {}", "before ".repeat(20), "after ".repeat(20));
        let shown = marked("needle", &text).expect("it is there");
        assert!(shown.starts_with("… before ") && shown.contains("[needle]") && shown.ends_with(" …"), "{shown}");
        assert!(shown.chars().count() <= 60 + 6, "{shown}");
        let end = marked("needle", "needle").expect("it is there");
        assert_eq!(end, "[needle]");
    }

    proptest! {
        /// A text that has all words of itself shows them, whatever it is.
        #[test]
        fn a_text_is_found_by_its_own_words(text in any::<String>()) {
            let search = Search::parse(&text.replace('"', " "));
            prop_assert_eq!(search.count_in(&text), search.words().len());
            if let Some(pieces) = search.excerpt(&text, usize::MAX) {
                let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
                let shown = whole.strip_prefix("… ").unwrap_or(&whole).chars().count();
                prop_assert!(shown <= text.chars().count());
            } else {
                prop_assert!(search.is_empty());
            }
        }

        /// Folding has no more to do after it was done.
        #[test]
        fn what_is_folded_stays_as_it_is(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
