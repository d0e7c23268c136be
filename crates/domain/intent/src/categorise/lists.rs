//! The word lists of the categories, joined to one text when this is compiled, and searching it.

use core::num::NonZero;
use core::ops::Range;
use knock_model::Category;

const PATHS_FILE: &[u8] = include_bytes!("../../data/paths.txt");
const LABELS_FILE: &[u8] = include_bytes!("../../data/labels.txt");
const HOSTS_FILE: &[u8] = include_bytes!("../../data/hosts.txt");

/// A list of words.
pub(super) struct List {
    place: Range<usize>,
    between: u8,
}

/// Hosts. No list begins at 0, which is no place of a word.
pub(super) const HOSTS: List = List { place: 1..1 + packed_len(HOSTS_FILE), between: b' ' };
/// Words of paths and of technical names.
pub(super) const PATHS: List = List { place: HOSTS.place.end..HOSTS.place.end + packed_len(PATHS_FILE), between: b' ' };
/// Phrases of labels.
pub(super) const LABELS: List =
    List { place: PATHS.place.end..PATHS.place.end + packed_len(LABELS_FILE), between: b'|' };

const LEN: usize = LABELS.place.end;
/// Behind the words of each category stands its number as a byte, instead of its name before them.
static WORDS: [u8; LEN] = {
    let words = packed([0; LEN], HOSTS.place.start, HOSTS_FILE);
    let words = packed(words, PATHS.place.start, PATHS_FILE);
    packed(words, LABELS.place.start, LABELS_FILE)
};

/// A word of a list, by where it begins: a single number, which weighs less in a browser than the word itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found(NonZero<usize>);

impl Found {
    pub(super) fn category(self) -> Category {
        let mut rest = WORDS.iter().skip(self.0.get());
        rest.find_map(|byte| Category::ALL.get(usize::from(*byte))).copied().unwrap_or(Category::Home)
    }

    pub(super) fn word(self) -> &'static str {
        let start = self.0.get();
        let between = if LABELS.place.contains(&start) { LABELS.between } else { PATHS.between };
        let rest = WORDS.get(start..).unwrap_or_default();
        let len = rest.iter().position(|byte| ends_word(*byte, between)).unwrap_or(0);
        rest.get(..len).and_then(|word| core::str::from_utf8(word).ok()).unwrap_or_default()
    }
}

impl List {
    /// The first word that `fits` the text.
    #[inline(always)]
    pub(super) fn find(&self, text: &[u8], fits: fn(&[u8], &[u8]) -> bool) -> Option<Found> {
        find(self.place.start, self.place.end, self.between, text, fits)
    }
}

/// Plain numbers instead of the list: they need no place in the data.
#[inline(never)]
fn find(from: usize, to: usize, between: u8, text: &[u8], fits: fn(&[u8], &[u8]) -> bool) -> Option<Found> {
    // Most texts of most actions are empty, and no word is.
    if text.is_empty() {
        return None;
    }
    let mut start = from;
    for at in from..to {
        if ends_word(WORDS[at], between) {
            if fits(text, &WORDS[start..at]) {
                return NonZero::new(start).map(Found);
            }
            start = at + 1;
        }
    }
    None
}

const fn ends_word(byte: u8, between: u8) -> bool {
    byte < b' ' || byte == between
}

/// The length of a list without the names of its categories.
const fn packed_len(list: &[u8]) -> usize {
    let (mut len, mut at, mut is_word) = (0, 0, false);
    while at < list.len() {
        len += is_word as usize;
        is_word = list[at] == b'\t' || is_word && list[at] != b'\n';
        at += 1;
    }
    len
}

/// Writes a list to `words`, the number of a category at the end of its line instead of its name at the beginning.
const fn packed(mut words: [u8; LEN], mut to: usize, list: &[u8]) -> [u8; LEN] {
    let mut at = 0;
    while at < list.len() {
        let line = at;
        while list[at] != b'\t' {
            at += 1;
        }
        let category = category(list, line, at);
        while list[at] != b'\n' {
            at += 1;
            words[to] = if list[at] == b'\n' { category } else { list[at] };
            to += 1;
        }
        at += 1;
    }
    words
}

/// The number of the category whose name stands there.
const fn category(list: &[u8], from: usize, to: usize) -> u8 {
    let mut number = 0;
    while number < Category::ALL.len() {
        let name = Category::ALL[number].as_str().as_bytes();
        let mut same = 0;
        while same < name.len() && from + same < to && name[same] == list[from + same] {
            same += 1;
        }
        if same == name.len() && from + same == to {
            return number as u8;
        }
        number += 1;
    }
    panic!("a line of a list names no category")
}
