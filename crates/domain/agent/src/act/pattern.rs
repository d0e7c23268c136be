//! Patterns of words. A line of `data/acts` is a row of places: a place is a word or one of several (`a|b`), `{name}`
//! stands for the words of a line `@name`, a place with `?` may be empty, `_` is up to three words of any kind and `__`
//! up to six, `^` and `$` are the beginning and the end of a sentence.

use super::tokens::STOP;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// Words by the name that stands for them.
pub(super) type Names = BTreeMap<&'static str, Vec<&'static str>>;

/// A pattern.
pub(super) struct Pattern {
    places: Vec<Place>,
}

enum Place {
    Start,
    End,
    Gap(usize),
    /// One of some words, in order; `or_end` where the sentence may end instead.
    Word {
        words: Vec<&'static str>,
        or_end: bool,
        is_optional: bool,
    },
}

/// Where a pattern was found.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    /// The words that the pattern names.
    pub named: usize,
}

impl Pattern {
    pub(super) fn read(line: &'static str, names: &Names) -> Pattern {
        Pattern { places: line.split_whitespace().map(|place| Place::read(place, names)).collect() }
    }

    /// The words that a text may have first where the pattern fits.
    pub(super) fn first_words(&self) -> Vec<&'static str> {
        let mut first = Vec::new();
        for place in &self.places {
            if let Place::Word { words, is_optional, .. } = place {
                first.extend(words);
                if !is_optional {
                    break;
                }
            }
        }
        first
    }

    /// All its words.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.places
            .iter()
            .flat_map(|place| match place {
                Place::Word { words, .. } => &words[..],
                _ => &[],
            })
            .copied()
    }

    /// Whether it fits from a word on.
    pub(super) fn at(&self, tokens: &[String], start: usize) -> Option<Found> {
        fit(&self.places, tokens, start).map(|(end, named)| Found { start, end, named })
    }
}

impl Place {
    fn read(text: &'static str, names: &Names) -> Place {
        match text {
            "^" => return Place::Start,
            "$" => return Place::End,
            "_" => return Place::Gap(3),
            "__" => return Place::Gap(6),
            _ => {}
        }
        let is_optional = text.ends_with('?');
        let mut words = Vec::new();
        let mut or_end = false;
        for word in text.trim_end_matches('?').split('|') {
            match word.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) => words.extend(names.get(name).into_iter().flatten().copied()),
                None if word == "$" => or_end = true,
                None => words.push(word),
            }
        }
        words.sort_unstable();
        words.dedup();
        Place::Word { words, or_end, is_optional }
    }
}

/// The end of the text that the places fit to, and the number of named words in it.
fn fit(places: &[Place], tokens: &[String], at: usize) -> Option<(usize, usize)> {
    let Some((place, rest)) = places.split_first() else { return Some((at, 0)) };
    let is_end = tokens.get(at).is_none_or(|token| token == STOP);
    match place {
        Place::Start => (at == 0 || tokens[at - 1] == STOP).then(|| fit(rest, tokens, at))?,
        Place::End => is_end.then(|| fit(rest, tokens, at))?,
        Place::Gap(most) => {
            let words = tokens[at.min(tokens.len())..].iter().take(*most).take_while(|token| *token != STOP).count();
            if rest.is_empty() {
                return Some((at + words, 0));
            }
            (at..=at + words).find_map(|at| fit(rest, tokens, at))
        }
        Place::Word { words, or_end, is_optional } => {
            let is_here = tokens.get(at).is_some_and(|token| words.binary_search(&token.as_str()).is_ok());
            let taken = if is_here { fit(rest, tokens, at + 1).map(|(end, named)| (end, named + 1)) } else { None };
            let is_left_out = *is_optional || *or_end && is_end;
            taken.or_else(|| if is_left_out { fit(rest, tokens, at) } else { None })
        }
    }
}
