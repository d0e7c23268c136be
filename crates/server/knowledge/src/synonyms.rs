//! What customers call the same thing: groups of words and phrases, by language, from files of the repository.

use crate::words::{Word, is_common, read_words};
use knock_agent::Language;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A group of synonyms, by its number. A group has the same number in each language.
pub(crate) type Group = u16;

/// The synonyms of a language.
pub(crate) struct Synonyms {
    pub(crate) language: Language,
    /// The groups of a word, by its stem.
    words: HashMap<String, Vec<Group>>,
    /// The phrases that begin with a stem, the longest first.
    phrases: HashMap<String, Vec<Phrase>>,
    /// All single words, as they are typed, with their stems.
    pub(crate) vocabulary: Vec<Word>,
    /// How much a group says about the subject, 0 to 1, by its number.
    pub(crate) weights: Vec<f32>,
    /// The groups that are often asked for each other, by number.
    pub(crate) related: Vec<Vec<Group>>,
}

struct Phrase {
    stems: Vec<String>,
    group: Group,
}

impl Phrase {
    /// The number of words that the phrase takes, if words begin with it. A word without a subject may stand between two
    /// of it: "send it back".
    fn length(&self, words: &[Word], language: Language) -> Option<usize> {
        let mut at = 0;
        for stem in &self.stems {
            let is = |at: usize| words.get(at).is_some_and(|word| word.stem == *stem);
            let is_skipped = at > 0 && words.get(at).is_some_and(|word| is_common(&word.folded, language));
            at += match () {
                () if is(at) => 1,
                () if is_skipped && is(at + 1) => 2,
                () => return None,
            };
        }
        Some(at)
    }
}

/// Each read when a text in its language comes: most sites have one.
static SYNONYMS: [LazyLock<Synonyms>; 4] = [
    LazyLock::new(|| Synonyms::read(file(Language::En), Language::En)),
    LazyLock::new(|| Synonyms::read(file(Language::De), Language::De)),
    LazyLock::new(|| Synonyms::read(file(Language::Fr), Language::Fr)),
    LazyLock::new(|| Synonyms::read(file(Language::Es), Language::Es)),
];

pub(crate) static RELATED: &str = include_str!("../data/synonyms/related.txt");

pub(crate) fn file(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../data/synonyms/en.txt"),
        Language::De => include_str!("../data/synonyms/de.txt"),
        Language::Fr => include_str!("../data/synonyms/fr.txt"),
        Language::Es => include_str!("../data/synonyms/es.txt"),
    }
}

/// The lines of a file with their group's name and its words and phrases.
pub(crate) fn groups(file: &str) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
    let lines = file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'));
    lines.map(|(name, entries)| (name, entries.split(',').map(str::trim)))
}

/// The related groups of each group, by the numbers of their names.
fn related(names: &[&str]) -> Vec<Vec<Group>> {
    let mut related = vec![Vec::new(); names.len()];
    let number = |name: &str| names.iter().position(|known| *known == name);
    for (name, near) in groups(RELATED) {
        for (one, other) in near.filter_map(|near| Some((number(name)?, number(near)?))) {
            related[one].push(other as Group);
            related[other].push(one as Group);
        }
    }
    related
}

/// How much a group says about the subject: what a question asks for says less than what it is about.
fn weight(name: &str) -> f32 {
    match name {
        "?price" => 1.0,
        "?duration" => 0.85,
        "?often" | "?big" | "?day" => 0.7,
        "?place" | "?time" | "?count" => 0.55,
        "?person" => 0.3,
        "?way" => 0.15,
        "payment" | "order" | "delivery" => 0.7,
        _ => 1.0,
    }
}

impl Synonyms {
    /// Those of every language.
    pub(crate) fn of_all() -> impl Iterator<Item = &'static Synonyms> {
        SYNONYMS.iter().map(LazyLock::force)
    }

    pub(crate) fn of(language: Language) -> &'static Synonyms {
        let [en, de, fr, es] = &SYNONYMS;
        match language {
            Language::En => en,
            Language::De => de,
            Language::Fr => fr,
            Language::Es => es,
        }
    }

    fn read(file: &str, language: Language) -> Synonyms {
        let mut read = Synonyms {
            language,
            words: HashMap::new(),
            phrases: HashMap::new(),
            vocabulary: Vec::new(),
            weights: Vec::new(),
            related: related(&groups(file).map(|(name, _)| name).collect::<Vec<_>>()),
        };
        let mut known = HashSet::new();
        for (group, (name, entries)) in (0..).zip(groups(file)) {
            read.weights.push(weight(name));
            for entry in entries {
                let words = read_words(entry, language);
                for word in words.iter().filter(|word| known.insert(word.folded.clone())) {
                    read.vocabulary.push(word.clone());
                }
                read.add(&words, group);
            }
        }
        for phrases in read.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.stems.len()));
        }
        let other = read.vocabulary.iter().filter(|word| !is_common(&word.folded, language)).cloned().collect();
        read.vocabulary = other;
        read
    }

    fn add(&mut self, words: &[Word], group: Group) {
        match words {
            [] => {}
            [word] => {
                let groups = self.words.entry(word.stem.clone()).or_default();
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
            [first, ..] => {
                let stems = words.iter().map(|word| word.stem.clone()).collect();
                self.phrases.entry(first.stem.clone()).or_default().push(Phrase { stems, group });
            }
        }
    }

    /// The groups of a word, by its stem.
    pub(crate) fn groups(&self, stem: &str) -> &[Group] {
        self.words.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The groups of the longest phrase that words begin with, and the number of its words.
    pub(crate) fn phrase(&self, words: &[Word]) -> Option<(usize, Vec<Group>)> {
        let phrases = self.phrases.get(&words.first()?.stem)?;
        let here = |phrase: &Phrase| phrase.length(words, self.language);
        let (first, length) = phrases.iter().find_map(|phrase| Some((phrase, here(phrase)?)))?;
        let same = phrases.iter().filter(|phrase| phrase.stems == first.stems);
        Some((length, same.map(|phrase| phrase.group).collect()))
    }
}
