//! The patterns of all acts in all languages, built once.

use super::Act;
use super::pattern::{Found, Names, Pattern};
use super::tokens::{STOP, tokens};
use crate::Language;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::is_near;
use once_cell::race::OnceBox;

const FILES: [(Language, &str); 4] = [
    (Language::En, include_str!("../../data/acts/en.txt")),
    (Language::De, include_str!("../../data/acts/de.txt")),
    (Language::Fr, include_str!("../../data/acts/fr.txt")),
    (Language::Es, include_str!("../../data/acts/es.txt")),
];

/// The fewest letters of a word that a slip of the finger is looked for in.
const TYPED: usize = 5;
/// Words of politeness that add nothing.
const POLITE: [&[&str]; 5] = [
    &["s", "il", "vous", "plait"],
    &["s", "il", "te", "plait"],
    &["por", "favor"],
    &["if", "you", "please"],
    &["si", "us", "plau"],
];

/// All patterns.
#[derive(Default)]
pub(super) struct Table {
    rules: Vec<Rule>,
    /// The places of rules, by the first word of their text.
    by_word: BTreeMap<&'static str, Vec<usize>>,
    /// The languages whose patterns have a word.
    pub(super) languages: BTreeMap<&'static str, Vec<Language>>,
    /// Words that add nothing: `please`.
    fillers: BTreeSet<&'static str>,
}

struct Rule {
    language: Language,
    act: Act,
    /// Whether a text that it fits to does not do this.
    is_denied: bool,
    pattern: Pattern,
}

/// An act found in a text.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub language: Language,
    pub act: Act,
    pub is_denied: bool,
    pub found: Found,
}

/// The one table.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceBox<Table> = OnceBox::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        FILES.iter().for_each(|(language, file)| table.read(*language, file));
        Box::new(table)
    })
}

impl Table {
    fn read(&mut self, language: Language, file: &'static str) {
        let mut names = Names::new();
        let mut section = None;
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((name, words)) = line.strip_prefix('@').and_then(|line| line.split_once(' ')) {
                if name == "filler" {
                    self.fillers.extend(words.split('|'));
                }
                names.entry(name).or_default().extend(words.split('|'));
            } else if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                let denied = name.strip_prefix("not ");
                section = Act::parse(denied.unwrap_or(name)).map(|act| (act, denied.is_some()));
            } else if let Some((act, is_denied)) = section {
                self.add(Rule { language, act, is_denied, pattern: Pattern::read(line, &names) });
            }
        }
    }

    fn add(&mut self, rule: Rule) {
        let place = self.rules.len();
        for word in rule.pattern.first_words() {
            let places = self.by_word.entry(word).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        for word in rule.pattern.words() {
            let known = self.languages.entry(word).or_default();
            if known.last() != Some(&rule.language) {
                known.push(rule.language);
            }
        }
        self.rules.push(rule);
    }

    /// The words of a text without fillers, with slips of the finger mended.
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        let all = without_politeness(tokens(text));
        let kept: Vec<String> = all.iter().filter(|word| !self.fillers.contains(word.as_str())).cloned().collect();
        let kept = if kept.iter().all(|word| word == STOP) { all } else { kept };
        kept.into_iter().map(|word| self.mended(word)).collect()
    }

    fn mended(&self, word: String) -> String {
        if word.len() < 3 || self.languages.contains_key(word.as_str()) || word.starts_with('0') {
            return word;
        }
        let mut single = String::new();
        word.chars().for_each(|sign| {
            if !single.ends_with(sign) {
                single.push(sign)
            }
        });
        if self.languages.contains_key(single.as_str()) {
            return single;
        }
        let Some(first) = word.chars().next() else { return word };
        let first = first.to_string();
        let alike = self.languages.range(first.as_str()..).map(|(known, _)| *known);
        let mut alike = alike.take_while(|known| known.starts_with(first.as_str()));
        alike
            .find(|known| known.len() >= TYPED && word.len() + 1 >= TYPED && is_slip(known, &word))
            .map_or(word, String::from)
    }

    /// All acts found in words.
    pub(super) fn hits(&self, words: &[String]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for place in self.by_word.get(word.as_str()).into_iter().flatten() {
                let Rule { language, act, is_denied, pattern } = &self.rules[*place];
                if let Some(found) = pattern.at(words, at) {
                    hits.push(Hit { language: *language, act: *act, is_denied: *is_denied, found });
                }
            }
        }
        hits
    }
}

/// Whether a word is a known one with a slip of the finger. Another ending is another form of a word.
fn is_slip(known: &str, word: &str) -> bool {
    let stem = |word: &str| word.char_indices().next_back().map_or(0, |(end, _)| end);
    let is_form = word.starts_with(&known[..stem(known)]) && word.len() >= known.len();
    // In a short word another letter mostly makes another word.
    let is_other = known.len() == word.len() && known.len() < 7 && !is_exchanged(known, word);
    !is_form && !is_other && is_near(known, word)
}

/// Whether two words have the same letters.
fn is_exchanged(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<u8> = word.bytes().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// Words without `por favor` and its like, unless they say nothing else.
fn without_politeness(mut words: Vec<String>) -> Vec<String> {
    for phrase in POLITE {
        let at = words.windows(phrase.len()).position(|row| row.iter().zip(phrase).all(|(word, part)| word == part));
        if let Some(at) = at.filter(|_| words.len() > phrase.len()) {
            words.drain(at..at + phrase.len());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_patterns_for_each_act() {
        let without = [
            Act::GivesEmail,
            Act::GivesName,
            Act::GivesPhone,
            Act::GivesCardNumber,
            Act::SeveralQuestions,
            Act::Noise,
            Act::OtherLanguage,
        ];
        for (language, file) in FILES {
            for act in Act::ALL.iter().filter(|act| !without.contains(act)) {
                let heading = alloc::format!("\n[{}]\n", act.as_str());
                assert!(file.contains(&heading), "{language:?} {act:?}");
            }
            for line in file.lines().filter(|line| line.starts_with('[')) {
                let name = line.trim_matches(['[', ']']);
                assert!(Act::parse(name.strip_prefix("not ").unwrap_or(name)).is_some(), "{language:?} {line}");
            }
        }
    }
}
