//! What a text speaks of: its words and phrases, each with all that it may match.

use super::compounds::{Compound, Parts};
use super::typos::Spelling;
use crate::synonyms::Synonyms;
use crate::words::{Word, empty_words, is_chatty, is_common, is_general, read_words};
use knock_agent::Language;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How surely two words of a group mean the same.
const SYNONYM: f32 = 0.95;
/// How much less surely for each further group that has the word.
const AMBIGUOUS: f32 = 0.1;
/// How surely a word of a related group is meant.
const RELATED: f32 = 0.28;
/// How much of a compound its known end says.
const END: f32 = 0.6;
/// How much a word of a phrase says by itself.
const IN_PHRASE: f32 = 0.6;
/// How much a word says that is usual in questions of any subject.
const CHATTY: f32 = 0.25;

/// The same of such a word that has synonyms, to other words with synonyms.
const USUAL: f32 = 0.6;

/// Words of a sentence that are read: a sentence of more is no question that a taught one could be.
const MOST_WORDS: usize = 60;

/// What a word is compared by: a stem of the vocabulary or a group of synonyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    Stem(u32),
    Group(u16),
}

/// A word or phrase of a text.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// As it is written, folded.
    pub(crate) word: String,
    /// All it may match, with the certainty of each, 0 to 1.
    pub(crate) features: Vec<(Feature, f32)>,
    /// How much it says about the subject, 0 to 1, before its rarity.
    pub(crate) weight: f32,
}

impl Unit {
    /// Whether synonyms of it are known.
    pub(crate) fn is_synonym(&self) -> bool {
        self.features.iter().any(|(feature, _)| matches!(feature, Feature::Group(_)))
    }
}

/// The usual words of all languages: in a message in another language they are no typing errors.
static USUAL_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let of = |synonyms: &'static Synonyms| {
        let words = synonyms.vocabulary.iter().map(|word| word.folded.as_str());
        words.chain(empty_words(synonyms.language).map(String::as_str))
    };
    Synonyms::of_all().flat_map(of).collect()
});

/// How texts of a language are read: with the vocabulary of the taught answers and the synonyms.
pub(crate) struct Reader {
    language: Language,
    synonyms: &'static Synonyms,
    stems: HashMap<String, u32>,
    /// The words that are not corrected.
    known: HashSet<String>,
    spelling: Spelling,
    parts: Option<Parts>,
}

impl Reader {
    /// A reader that knows the words of some texts.
    pub(crate) fn new<'t>(texts: impl Iterator<Item = &'t str>, language: Language) -> Reader {
        let synonyms = Synonyms::of(language);
        let own: Vec<Word> = texts.flat_map(|text| read_words(text, language)).collect();
        let mut stems = HashMap::new();
        for word in &own {
            let next = stems.len() as u32;
            stems.entry(word.stem.clone()).or_insert(next);
        }
        let empty: Vec<Word> = empty_words(language).flat_map(|word| read_words(word, language)).collect();
        let mut known = HashSet::new();
        let vocabulary = own.iter().chain(&synonyms.vocabulary).chain(&empty);
        let words: Vec<Word> = vocabulary.filter(|word| known.insert(word.folded.clone())).cloned().collect();
        known.extend(words.iter().map(|word| word.stem.clone()));
        let telling = || words.iter().filter(|word| !is_common(&word.folded, language)).cloned();
        let parts = (language == Language::De).then(|| Parts::new(telling()));
        let spelling = Spelling::new(words.iter().cloned(), language);
        Reader { language, synonyms, stems, known, spelling, parts }
    }

    /// The words and phrases of a text.
    pub(crate) fn read(&self, text: &str) -> Vec<Unit> {
        self.units(read_words(text, self.language), self.language)
    }

    fn units(&self, words: Vec<Word>, spoken: Language) -> Vec<Unit> {
        let (words, sure): (Vec<Word>, Vec<f32>) = words.into_iter().map(|word| self.corrected(word, spoken)).unzip();
        let mut units: Vec<Unit> = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if let Some((length, groups)) = self.synonyms.phrase(&words[at..]) {
                units.push(self.phrase(&words[at..at + length], &groups));
                at += length;
                continue;
            }
            if !is_common(&word.folded, self.language) || !self.synonyms.groups(&word.stem).is_empty() {
                units.extend(self.word(word, sure[at]));
            }
            at += 1;
        }
        merged(units)
    }

    /// The words and phrases of a sentence of a message in the language `spoken`: they may match related groups too.
    pub(crate) fn read_message(&self, text: &str, spoken: Language) -> Vec<Unit> {
        let mut words = read_words(text, self.language);
        words.truncate(MOST_WORDS);
        let mut units = self.units(words, spoken);
        for unit in &mut units {
            let groups = unit.features.iter().filter_map(|(feature, sure)| match feature {
                Feature::Group(group) => Some((*group, sure / SYNONYM * RELATED)),
                Feature::Stem(_) => None,
            });
            let near = |(group, sure): (u16, f32)| {
                self.synonyms.related[usize::from(group)].iter().map(move |near| (Feature::Group(*near), sure))
            };
            let related: Vec<(Feature, f32)> = groups.flat_map(near).collect();
            add(&mut unit.features, related);
        }
        units
    }

    /// A word as it is probably meant, and how sure that is.
    fn corrected(&self, word: Word, spoken: Language) -> (Word, f32) {
        let is_foreign = spoken != self.language && USUAL_WORDS.contains(word.folded.as_str());
        if is_foreign
            || self.is_known(&word)
            || self.parts.as_ref().is_some_and(|parts| parts.of(&word.folded).is_some())
        {
            return (word, 1.0);
        }
        match self.spelling.corrected(&word.folded, self.language) {
            Some((meant, sure)) => (meant.clone(), sure),
            None => (word, 1.0),
        }
    }

    fn is_known(&self, word: &Word) -> bool {
        self.known.contains(&word.folded) || self.known.contains(&word.stem)
    }

    fn phrase(&self, words: &[Word], groups: &[u16]) -> Unit {
        let mut features: Vec<(Feature, f32)> = groups.iter().map(|group| (Feature::Group(*group), SYNONYM)).collect();
        let telling = words.iter().filter(|word| !is_common(&word.folded, self.language));
        for word in telling.clone() {
            add(&mut features, self.stem(&word.stem).map(|stem| (stem, IN_PHRASE)));
        }
        let weight = groups.iter().map(|group| self.synonyms.weights[usize::from(*group)]).fold(0.0, f32::max);
        let word = words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
        Unit { word, features, weight }
    }

    /// A word, or the parts of a compound.
    fn word(&self, word: &Word, sure: f32) -> Vec<Unit> {
        let mut unit = self.unit(word, sure);
        if self.synonyms.groups(&word.stem).is_empty()
            && let Some(parts) = &self.parts
        {
            match parts.of(&word.folded) {
                Some(Compound::Whole(parts)) => return self.compound(&unit, &parts),
                Some(Compound::End(end)) => {
                    let more = self.unit(&end, END).features;
                    add(&mut unit.features, more);
                }
                None => {}
            }
        }
        vec![unit]
    }

    fn compound(&self, whole: &Unit, parts: &[Word]) -> Vec<Unit> {
        let parts = parts.iter().map(|part| {
            let mut unit = self.unit(part, 1.0);
            add(&mut unit.features, whole.features.iter().copied());
            unit.word.clone_from(&whole.word);
            unit
        });
        parts.collect()
    }

    fn unit(&self, word: &Word, sure: f32) -> Unit {
        let groups = self.synonyms.groups(&word.stem);
        // One of several meanings.
        let certain = SYNONYM - AMBIGUOUS * (groups.len().max(1) - 1) as f32;
        let mut features: Vec<(Feature, f32)> = self.stem(&word.stem).map(|stem| (stem, sure)).into_iter().collect();
        features.extend(groups.iter().map(|group| (Feature::Group(*group), sure * certain)));
        let of_groups = groups.iter().map(|group| self.synonyms.weights[usize::from(*group)]).reduce(f32::max);
        let weight = match of_groups {
            Some(weight) if is_chatty(&word.folded, self.language) => weight * USUAL,
            Some(weight) => weight,
            None if is_general(&word.folded, self.language) => CHATTY,
            None => 1.0,
        };
        Unit { word: word.folded.clone(), features, weight }
    }

    fn stem(&self, stem: &str) -> Option<Feature> {
        self.stems.get(stem).copied().map(Feature::Stem)
    }
}

/// Adds features that are not there yet.
fn add(features: &mut Vec<(Feature, f32)>, more: impl IntoIterator<Item = (Feature, f32)>) {
    for (feature, sure) in more {
        match features.iter_mut().find(|(known, _)| *known == feature) {
            Some((_, known)) => *known = known.max(sure),
            None => features.push((feature, sure)),
        }
    }
}

/// Units that say the same become one: "how much does it cost" asks for the price once.
fn merged(units: Vec<Unit>) -> Vec<Unit> {
    let mut merged: Vec<Unit> = Vec::new();
    for unit in units {
        let first =
            unit.features.iter().find(|(feature, _)| matches!(feature, Feature::Group(_))).or(unit.features.first());
        let same = first.and_then(|(feature, _)| {
            merged.iter_mut().find(|known| known.features.iter().any(|(known, _)| known == feature))
        });
        match same {
            Some(known) => {
                known.weight = known.weight.max(unit.weight);
                add(&mut known.features, unit.features);
            }
            None => merged.push(unit),
        }
    }
    merged
}

/// All that the words of a text may match, for fast comparison.
pub(crate) struct Bag(Vec<(Feature, f32)>);

impl Bag {
    pub(crate) fn new(units: &[Unit]) -> Bag {
        let mut features: Vec<(Feature, f32)> = units.iter().flat_map(|unit| unit.features.iter().copied()).collect();
        features.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        features.dedup_by_key(|(feature, _)| *feature);
        Bag(features)
    }

    /// How surely a unit and a word of the text mean the same, 0 to 1.
    pub(crate) fn holds(&self, unit: &Unit) -> f32 {
        let of = |(feature, sure): &(Feature, f32)| {
            let at = self.0.binary_search_by(|(held, _)| held.cmp(feature)).ok()?;
            let (_, held) = self.0.get(at)?;
            Some(match feature {
                Feature::Stem(_) => sure * held,
                // Two members of a group are as close as one of them and its group.
                Feature::Group(_) => sure * held / SYNONYM,
            })
        };
        unit.features.iter().filter_map(of).fold(0.0, f32::max)
    }
}
