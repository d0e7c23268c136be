//! The full-text index of a site's passages, in memory: those that may answer a question.
//!
//! The index is built as a whole and never changed. A text is indexed by its words in its own language, and a question
//! is searched in each language of the knowledge. Terms are built from words, never parsed: no character of a question
//! has a meaning for the index.

use crate::language::language_of;
use crate::words::{asked_words, words};
use knock_agent::Language;
use knock_ports::StoredPassage;
use std::collections::BTreeSet;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, Searcher, TantivyDocument, TantivyError, Term};

/// The memory for building an index, in bytes, before it is written.
const MEMORY: usize = 64 << 20;
/// The number of candidates.
const CANDIDATES: usize = 24;
/// The number of words of a question that are searched: a message can be long.
const MOST_WORDS: usize = 64;
/// The language of a text whose language is unclear.
const UNCLEAR: Language = Language::En;

/// The searchable passages of a site.
pub(crate) struct PassageIndex {
    passages: Vec<(Language, StoredPassage)>,
    searcher: Searcher,
    fields: Fields,
}

/// A candidate for an answer, the better the higher its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'i> {
    pub(crate) item: &'i StoredPassage,
    /// The score among candidates of its language.
    pub(crate) score: f32,
}

/// The fields for passages, by language.
type Fields = [Field; 4];

impl PassageIndex {
    /// Indexes the passages of a site.
    ///
    /// # Errors
    /// When the index cannot be built, which cannot happen in memory.
    pub(crate) fn new(passages: Vec<StoredPassage>) -> Result<PassageIndex, TantivyError> {
        let passages: Vec<_> = passages.into_iter().map(|passage| (language_of_passage(&passage), passage)).collect();
        let (schema, fields) = schema();
        let mut writer = Index::builder().schema(schema).single_segment_index_writer(RamDirectory::create(), MEMORY)?;
        for (language, StoredPassage { passage, .. }) in &passages {
            let mut document = TantivyDocument::new();
            let field = fields[language.index()];
            // The heading is the subject of the passage: it counts twice.
            for text in [&passage.title, &passage.heading, &passage.heading, &passage.text] {
                document.add_text(field, joined(text, *language));
            }
            writer.add_document(document)?;
        }
        let searcher = writer.finalize()?.reader()?.searcher();
        Ok(PassageIndex { passages, searcher, fields })
    }

    pub(crate) fn languages(&self) -> BTreeSet<Language> {
        self.passages.iter().map(|(language, _)| *language).collect()
    }

    /// Returns passages that contain a word of the question, the best first, equal ones by source and position.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn passages(&self, asked: &str, language: Language) -> Result<Vec<Candidate<'_>>, TantivyError> {
        let found = self.search(&asked_words(asked, language), self.fields[language.index()])?;
        let known = found.into_iter().filter_map(|(score, at)| Some((score, self.passages.get(at)?)));
        Ok(known.map(|(score, (_, item))| Candidate { item, score }).collect())
    }

    pub(crate) fn count_passages(&self, language: Language) -> u64 {
        self.passages.iter().filter(|(of, _)| *of == language).count() as u64
    }

    /// The number of passages in a language that contain a word.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn holders(&self, word: &str, language: Language) -> Result<u64, TantivyError> {
        self.searcher.doc_freq(&Term::from_field_text(self.fields[language.index()], word))
    }

    /// Returns the scores and the numbers of documents that contain one of the words, the best first, equal ones in
    /// their order.
    fn search(&self, asked: &BTreeSet<String>, field: Field) -> Result<Vec<(f32, usize)>, TantivyError> {
        let terms = asked.iter().take(MOST_WORDS).map(|word| {
            let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(term) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(terms.collect());
        let found = self.searcher.search(&query, &TopDocs::with_limit(CANDIDATES).order_by_score())?;
        Ok(found.into_iter().map(|(score, address)| (score, address.doc_id as usize)).collect())
    }
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

fn joined(text: &str, language: Language) -> String {
    words(text, language).join(" ")
}

fn language_of_passage(passage: &StoredPassage) -> Language {
    let passage = &passage.passage;
    passage.language.or_else(|| language_of(&passage.text)).unwrap_or(UNCLEAR)
}
