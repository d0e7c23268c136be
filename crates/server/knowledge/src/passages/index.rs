//! The full-text index of a site's passages, in memory: those that may answer a question.
//!
//! The index is built as a whole and never changed. A text is indexed by its words in its own language, and a question
//! is searched in each language of the knowledge. Terms are built from words, never parsed: no character of a question
//! has a meaning for the index.

use super::excerpt::sentences;
use super::kinds::{Kind, kinds_of};
use super::meanings::meanings;
use super::repeated::without_repeated;
use super::terms::Asked;
use crate::language::language_of;
use crate::words::words;
use knock_agent::Language;
use knock_ports::StoredPassage;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, Searcher, TantivyDocument, TantivyError, Term};

/// The memory for building an index, in bytes, before it is written.
const MEMORY: usize = 64 << 20;
/// The number of candidates.
const CANDIDATES: usize = 48;
/// The language of a text whose language is unclear.
const UNCLEAR: Language = Language::En;
/// The sign between the headings of a passage, the highest first.
const HEADINGS: &str = " › ";

/// The searchable passages of a site.
pub(crate) struct PassageIndex {
    passages: Vec<(Language, StoredPassage)>,
    prepared: Vec<Prepared>,
    /// The words of the passages of each language, with their numbers.
    vocabularies: [BTreeMap<String, u32>; 4],
    searcher: Searcher,
    fields: Fields,
}

/// A passage as the numbers of its words.
pub(super) struct Prepared {
    /// The words of its own heading.
    pub(super) heading: Vec<u32>,
    /// The words of the headings above.
    pub(super) above: Vec<u32>,
    pub(super) title: Vec<u32>,
    pub(super) sentences: Vec<Sentence>,
}

pub(super) struct Sentence {
    /// Its words, and the terms of the facts that it states.
    pub(super) words: Vec<u32>,
    pub(super) kinds: Vec<Kind>,
    /// Whether it is a row of a table or a term with its description.
    pub(super) is_row: bool,
}

/// The fields for passages, by language.
type Fields = [Field; 4];

/// Numbers words while passages are prepared.
#[derive(Default)]
struct Numbering([BTreeMap<String, u32>; 4]);

impl Numbering {
    fn numbers(&mut self, words: Vec<String>, language: Language) -> Vec<u32> {
        let known = &mut self.0[language.index()];
        let mut number = |word| {
            let next = known.len() as u32;
            *known.entry(word).or_insert(next)
        };
        words.into_iter().map(&mut number).collect()
    }

    /// The words of each language by their numbers.
    fn names(&self) -> [HashMap<u32, &str>; 4] {
        self.0.each_ref().map(|known| known.iter().map(|(word, id)| (*id, word.as_str())).collect())
    }

    fn prepared(&mut self, stored: &StoredPassage, language: Language) -> Prepared {
        let passage = &stored.passage;
        let (above, heading) = passage.heading.rsplit_once(HEADINGS).unwrap_or(("", &passage.heading));
        let mut of = |text: &str| self.numbers(terms(text, language), language);
        // The text below the title of a page leads to what is said further down.
        let (above, heading) = if passage.title.contains(heading) { (heading, "") } else { (above, heading) };
        let (heading, above, title) = (of(heading), of(above), of(&passage.title));
        let sentence = |text: &str| {
            let kinds = kinds_of(text);
            let facts = kinds.iter().map(|kind| kind.term().to_owned());
            let words = terms(&without_addresses(text), language).into_iter().chain(facts).collect();
            let is_row = text.contains(": ") && text.ends_with(|sign: char| !".!?".contains(sign));
            Sentence { words: self.numbers(words, language), kinds, is_row }
        };
        Prepared { heading, above, title, sentences: sentences(&passage.text).map(sentence).collect() }
    }
}

impl PassageIndex {
    /// Indexes the passages of a site.
    ///
    /// # Errors
    /// When the index cannot be built, which cannot happen in memory.
    pub(crate) fn new(passages: Vec<StoredPassage>) -> Result<PassageIndex, TantivyError> {
        let passages = without_repeated(passages).into_iter();
        let passages: Vec<_> = passages.map(|passage| (language_of_passage(&passage), passage)).collect();
        let (schema, fields) = schema();
        let mut numbering = Numbering::default();
        let prepared: Vec<Prepared> =
            passages.iter().map(|(language, stored)| numbering.prepared(stored, *language)).collect();
        let mut writer = Index::builder().schema(schema).single_segment_index_writer(RamDirectory::create(), MEMORY)?;
        let names = numbering.names();
        for ((language, _), passage) in passages.iter().zip(&prepared) {
            writer.add_document(document(passage, &names[language.index()], fields[language.index()]))?;
        }
        drop(names);
        let searcher = writer.finalize()?.reader()?.searcher();
        Ok(PassageIndex { passages, prepared, vocabularies: numbering.0, searcher, fields })
    }

    pub(crate) fn languages(&self) -> BTreeSet<Language> {
        self.passages.iter().map(|(language, _)| *language).collect()
    }

    /// The passages that have a term of the question, the best by their words first.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(super) fn candidates(
        &self,
        asked: &Asked,
        language: Language,
    ) -> Result<Vec<(&StoredPassage, &Prepared)>, TantivyError> {
        let field = self.fields[language.index()];
        let vocabulary = &self.vocabularies[language.index()];
        let forms = vocabulary.iter().filter_map(|(word, id)| {
            Some((word, asked.forms.get(id)?.iter().map(|(_, share)| *share).fold(0.0, f64::max)))
        });
        let terms = forms.map(|(word, share)| {
            let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(BoostQuery::new(Box::new(term), share as f32)) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(terms.collect());
        let found = self.searcher.search(&query, &TopDocs::with_limit(CANDIDATES).order_by_score())?;
        // In the order of the pages: of equal ones the first is taken.
        let places: BTreeSet<usize> = found.into_iter().map(|(_, address)| address.doc_id as usize).collect();
        Ok(places.into_iter().filter_map(|at| Some((&self.passages.get(at)?.1, self.prepared.get(at)?))).collect())
    }

    /// A passage with its words.
    pub(super) fn prepared(&self, source: &StoredPassage) -> Option<&Prepared> {
        let is_it =
            |(_, stored): &(_, StoredPassage)| (stored.source, stored.position) == (source.source, source.position);
        self.prepared.get(self.passages.iter().position(is_it)?)
    }

    pub(super) fn count_passages(&self, language: Language) -> u64 {
        self.passages.iter().filter(|(of, _)| *of == language).count() as u64
    }

    /// A word with its number, if a passage has it.
    pub(super) fn word(&self, word: &str, language: Language) -> Option<(u32, &str)> {
        self.vocabularies[language.index()].get_key_value(word).map(|(word, id)| (*id, word.as_str()))
    }

    /// The words of the passages of a language, with their numbers.
    pub(super) fn words(&self, language: Language) -> impl Iterator<Item = (u32, &str)> {
        self.vocabularies[language.index()].iter().map(|(word, id)| (*id, word.as_str()))
    }

    /// The number of passages in a language that contain a word.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(super) fn holders(&self, word: &str, language: Language) -> Result<u64, TantivyError> {
        self.searcher.doc_freq(&Term::from_field_text(self.fields[language.index()], word))
    }
}

/// The document of a passage: the heading is its subject and counts twice.
fn document(passage: &Prepared, names: &HashMap<u32, &str>, field: Field) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    let texts = passage.sentences.iter().map(|sentence| &sentence.words);
    for words in texts.chain([&passage.title, &passage.above, &passage.heading, &passage.heading]) {
        let words = words.iter().filter_map(|word| names.get(word).copied());
        document.add_text(field, words.collect::<Vec<_>>().join(" "));
    }
    document
}

/// The number of words of one meaning from which a sentence enumerates: then each is meant apart.
const ENUMERATION: usize = 3;

/// The words of a text and its meanings.
fn terms(text: &str, language: Language) -> Vec<String> {
    let mut said: BTreeMap<String, BTreeSet<Vec<String>>> = BTreeMap::new();
    for meaning in meanings(text, language) {
        said.entry(meaning.term).or_default().insert(meaning.words);
    }
    let meant = said.into_iter().filter(|(_, words)| words.len() < ENUMERATION).map(|(term, _)| term);
    words(text, language).into_iter().chain(meant).collect()
}

/// A text without addresses: the "jobs" of jobs@shop.example is no word about jobs.
fn without_addresses(text: &str) -> String {
    text.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ")
}

/// Whether a word is an e-mail or web address: it has a dot between longer names.
fn is_address(word: &str) -> bool {
    let is_name = |name: &str| name.chars().filter(|sign| sign.is_alphabetic()).count() > 1;
    let mut names = word.trim_end_matches('.').split('.');
    word.contains('@') || word.contains("://") || names.clone().count() > 1 && names.all(is_name)
}

fn schema() -> (Schema, Fields) {
    let indexing =
        TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
    let options = TextOptions::default().set_indexing_options(indexing);
    let mut schema = Schema::builder();
    let languages = [Language::En, Language::De, Language::Fr, Language::Es];
    let fields = languages.map(|language| schema.add_text_field(language.as_str(), options.clone()));
    (schema.build(), fields)
}

fn language_of_passage(passage: &StoredPassage) -> Language {
    let passage = &passage.passage;
    passage.language.or_else(|| language_of(&passage.text)).unwrap_or(UNCLEAR)
}
