//! What a question asks for, by its phrases: a price, a time, a place. The phrases are in `cues/`, a file for each
//! language.

use super::kinds::Kind;
use crate::words::asked_words;
use knock_agent::Language;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The sign for the end of a text in a phrase.
const END: &str = "$";

/// What a question asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cues {
    /// The facts that an answer must state, each with the words that ask for it.
    pub(super) wanted: BTreeMap<Kind, BTreeSet<String>>,
    /// The facts that an answer should rather state.
    pub(super) preferred: BTreeSet<Kind>,
    /// The word after "which" and "what", unless a phrase asks for a fact: the answer must have it.
    pub(super) attribute: Option<String>,
    /// The words of the phrases.
    pub(super) consumed: BTreeSet<String>,
    /// The words of phrases that ask for a preferred fact.
    pub(super) soft: BTreeSet<String>,
    /// The words of the question that say little about its subject.
    pub(super) faint: BTreeSet<String>,
}

/// A phrase with the meaning that its line has.
struct Phrase {
    meaning: Meaning,
    words: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// An answer must state one.
    Wants(Kind),
    /// An answer should rather state one.
    Prefers(&'static [Kind]),
    Which,
}

#[derive(Default)]
struct Phrases {
    /// The longest first.
    phrases: Vec<Phrase>,
    faint: HashSet<String>,
}

static PHRASES: LazyLock<[Phrases; 4]> = LazyLock::new(|| {
    let files = [
        (Language::En, include_str!("cues/en.txt")),
        (Language::De, include_str!("cues/de.txt")),
        (Language::Fr, include_str!("cues/fr.txt")),
        (Language::Es, include_str!("cues/es.txt")),
    ];
    let mut all: [Phrases; 4] = Default::default();
    for (language, file) in files {
        all[language.index()] = parsed(file);
    }
    all
});

fn parsed(file: &str) -> Phrases {
    let mut all = Phrases::default();
    for (name, line) in file.lines().filter_map(|line| line.split_once(':')) {
        let Some(meaning) = meaning(name) else {
            all.faint.extend(plain(line));
            continue;
        };
        let phrases = line.split('|').map(plain).filter(|words| !words.is_empty());
        all.phrases.extend(phrases.map(|words| Phrase { meaning, words }));
    }
    all.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    all
}

/// The meaning of the phrases of a line; none for faint words.
fn meaning(name: &str) -> Option<Meaning> {
    Some(match name {
        "price" => Meaning::Wants(Kind::Amount),
        "discount" => Meaning::Wants(Kind::Discount),
        "hours" => Meaning::Wants(Kind::Hours),
        "address" => Meaning::Wants(Kind::Place),
        "phone" => Meaning::Wants(Kind::Phone),
        "mail" => Meaning::Wants(Kind::Mail),
        "when" => Meaning::Prefers(&[Kind::Date, Kind::Duration, Kind::Hours]),
        "long" | "often" => Meaning::Prefers(&[Kind::Duration]),
        "many" => Meaning::Prefers(&[Kind::Number]),
        "where" => Meaning::Prefers(&[Kind::Place]),
        "which" => Meaning::Which,
        _ => return None,
    })
}

/// What a question asks for.
pub(super) fn cues(question: &str, language: Language) -> Cues {
    let Phrases { phrases, faint } = &PHRASES[language.index()];
    let mut words = plain(question);
    words.push(END.into());
    let mut is_free = vec![true; words.len()];
    let mut cues = Cues::default();
    for Phrase { meaning, words: phrase } in phrases {
        for at in 0..words.len().saturating_sub(phrase.len() - 1) {
            let found = at..at + phrase.len();
            let is_found = is_free[found.clone()].iter().all(|free| *free)
                && words[found.clone()].iter().zip(phrase).all(|(word, pattern)| fits(word, pattern));
            if is_found {
                is_free[found.clone()].fill(false);
                cues.add(*meaning, &words, found.end, language);
                let stems = words[found].iter().flat_map(|word| asked_words(word, language));
                cues.take(*meaning, stems.collect(), phrase.iter().any(|word| word.starts_with('*')));
            }
        }
    }
    let is_faint = |word: &&String| faint.contains(*word);
    cues.faint = words.iter().filter(is_faint).flat_map(|word| asked_words(word, language)).collect();
    cues.faint.extend(cues.soft.iter().cloned());
    cues
}

impl Cues {
    fn add(&mut self, meaning: Meaning, words: &[String], next: usize, language: Language) {
        match meaning {
            Meaning::Wants(kind) => _ = self.wanted.entry(kind).or_default(),
            Meaning::Prefers(kinds) => self.preferred.extend(kinds),
            Meaning::Which => {
                let attribute = words.get(next).and_then(|word| asked_words(word, language).into_iter().next());
                self.attribute = self.attribute.take().or(attribute);
            }
        }
    }

    /// The words of a phrase stand for the fact; those of a part of a word keep their own meaning.
    fn take(&mut self, meaning: Meaning, stems: BTreeSet<String>, is_part: bool) {
        if let (Meaning::Wants(kind), false) = (meaning, is_part) {
            self.wanted.entry(kind).or_default().extend(stems.iter().cloned());
        }
        match meaning {
            // They may be words of the page too: "limit", "size".
            Meaning::Prefers(_) => self.soft.extend(stems),
            _ if !is_part => self.consumed.extend(stems),
            _ => {}
        }
    }
}

/// Whether a word fits a pattern: `price*` is any word that begins with it, `*price` any longer one that ends so.
fn fits(word: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => word.len() > end.len() && word.ends_with(end),
        (_, Some(start)) => word.starts_with(start),
        _ => word == pattern,
    }
}

/// The words of a text in lower case and without accents, and the signs of patterns.
fn plain(text: &str) -> Vec<String> {
    let folded = text.to_lowercase().replace('ß', "ss").replace('œ', "oe");
    let folded: String = folded.nfkd().filter(|sign| !is_combining_mark(*sign)).collect();
    let words = folded.split(|sign: char| !sign.is_alphanumeric() && !"*$".contains(sign));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_fact_is_known_by_phrases() {
        for (language, question, expected) in [
            (Language::En, "How much is the big one?", Some(Kind::Amount)),
            (Language::En, "what are your opening hours", Some(Kind::Hours)),
            (Language::En, "a phone number?", Some(Kind::Phone)),
            (Language::De, "Was kostet das große?", Some(Kind::Amount)),
            (Language::De, "Öffnungszeiten", Some(Kind::Hours)),
            (Language::De, "gibts Rabatt", Some(Kind::Discount)),
            (Language::Fr, "C'est combien ?", Some(Kind::Amount)),
            (Language::Fr, "ça prend combien de temps", None),
            (Language::Fr, "à quelle heure ouvrez-vous", Some(Kind::Hours)),
            (Language::Es, "¿Cuánto cuesta?", Some(Kind::Amount)),
            (Language::Es, "¿cuánto tiempo tarda?", None),
            (Language::Es, "¿Dónde estáis?", Some(Kind::Place)),
        ] {
            assert_eq!(cues(question, language).wanted.keys().next().copied(), expected, "{question}");
        }
    }

    #[test]
    fn the_word_after_which_is_the_attribute() {
        assert_eq!(cues("what colour is it", Language::En).attribute.as_deref(), Some("colour"));
        assert_eq!(cues("Welche Farbe hat es?", Language::De).attribute.as_deref(), Some("farb"));
        assert_eq!(cues("what is it", Language::En).attribute, None);
    }

    #[test]
    fn a_part_of_a_word_keeps_the_word() {
        let cues = cues("Versandkosten", Language::De);
        assert!(cues.wanted.contains_key(&Kind::Amount) && cues.consumed.is_empty());
    }
}
