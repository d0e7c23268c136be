//! The full-text index of one site, in memory: the passages and known questions that may answer a question.
//!
//! The index is built as a whole and never changed. A text is indexed by its words in its own language, and a question
//! is searched in each language of the knowledge. Terms are built from words, never parsed: no character of a question
//! has a meaning for the index.

use crate::language::language_of;
use crate::words::{asked_words, words};
use knock_agent::Language;
use knock_ports::{KnownAnswer, StoredPassage};
use std::collections::BTreeSet;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, Searcher, TantivyDocument, TantivyError, Term};

/// The memory for building an index, in bytes, before it is written.
const MEMORY: usize = 64 << 20;
/// The number of candidates of each kind.
const CANDIDATES: usize = 24;
/// The number of words of a question that are searched: a message can be long.
const MOST_WORDS: usize = 64;
/// The language of a text whose language is unclear.
const UNCLEAR: Language = Language::En;

/// The searchable knowledge of a site.
pub(crate) struct SiteIndex {
    answers: Vec<(Language, KnownAnswer)>,
    passages: Vec<(Language, StoredPassage)>,
    searcher: Searcher,
    fields: Fields,
}

/// A candidate for an answer, the better the higher its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'i, T> {
    /// The answer or passage.
    pub(crate) item: &'i T,
    /// Its language, in which the words of the question are compared with its own.
    pub(crate) language: Language,
    /// The score among candidates of its kind and language.
    pub(crate) score: f32,
}

/// The fields for known questions and for passages, by language.
struct Fields {
    questions: [Field; 4],
    passages: [Field; 4],
}

impl SiteIndex {
    /// Indexes the knowledge of a site.
    ///
    /// # Errors
    /// When the index cannot be built, which cannot happen in memory.
    pub(crate) fn new(answers: Vec<KnownAnswer>, passages: Vec<StoredPassage>) -> Result<SiteIndex, TantivyError> {
        let answers: Vec<_> = answers.into_iter().map(|answer| (language_of_answer(&answer), answer)).collect();
        let passages: Vec<_> = passages.into_iter().map(|passage| (language_of_passage(&passage), passage)).collect();
        let (schema, fields) = schema();
        let mut writer = Index::builder().schema(schema).single_segment_index_writer(RamDirectory::create(), MEMORY)?;
        for (language, answer) in &answers {
            let mut document = TantivyDocument::new();
            document.add_text(fields.questions[language.index()], joined(&answer.question, *language));
            writer.add_document(document)?;
        }
        for (language, StoredPassage { passage, .. }) in &passages {
            let mut document = TantivyDocument::new();
            let field = fields.passages[language.index()];
            // The heading is the subject of the passage: it counts twice.
            for text in [&passage.title, &passage.heading, &passage.heading, &passage.text] {
                document.add_text(field, joined(text, *language));
            }
            writer.add_document(document)?;
        }
        let searcher = writer.finalize()?.reader()?.searcher();
        Ok(SiteIndex { answers, passages, searcher, fields })
    }

    pub(crate) fn languages(&self) -> BTreeSet<Language> {
        let (answers, passages) = (self.answers.iter(), self.passages.iter());
        answers.map(|(language, _)| *language).chain(passages.map(|(language, _)| *language)).collect()
    }

    /// Returns known questions that share a word with a question, the best first, equal ones by id.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn answers(
        &self,
        asked: &str,
        language: Language,
    ) -> Result<Vec<Candidate<'_, KnownAnswer>>, TantivyError> {
        let asked = words(asked, language).into_iter().collect();
        let found = self.search(&asked, self.fields.questions[language.index()])?;
        let known = found.into_iter().filter_map(|(score, at)| Some((score, self.answers.get(at)?)));
        Ok(known.map(|(score, (language, item))| Candidate { item, language: *language, score }).collect())
    }

    /// Returns passages that contain a word of the question, the best first, equal ones by source and position.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn passages(
        &self,
        asked: &str,
        language: Language,
    ) -> Result<Vec<Candidate<'_, StoredPassage>>, TantivyError> {
        let found = self.search(&asked_words(asked, language), self.fields.passages[language.index()])?;
        let known = found.into_iter().filter_map(|(score, at)| {
            let place = at.checked_sub(self.answers.len())?;
            Some((score, self.passages.get(place)?))
        });
        Ok(known.map(|(score, (language, item))| Candidate { item, language: *language, score }).collect())
    }

    pub(crate) fn count_passages(&self, language: Language) -> u64 {
        self.passages.iter().filter(|(of, _)| *of == language).count() as u64
    }

    /// The number of passages in a language that contain a word.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(crate) fn holders(&self, word: &str, language: Language) -> Result<u64, TantivyError> {
        self.searcher.doc_freq(&Term::from_field_text(self.fields.passages[language.index()], word))
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
    let mut fields = |kind: &str| {
        let languages = [Language::En, Language::De, Language::Fr, Language::Es];
        languages.map(|language| schema.add_text_field(&format!("{kind}.{}", language.as_str()), options.clone()))
    };
    let fields = Fields { questions: fields("questions"), passages: fields("passages") };
    (schema.build(), fields)
}

fn joined(text: &str, language: Language) -> String {
    words(text, language).join(" ")
}

fn language_of_answer(answer: &KnownAnswer) -> Language {
    language_of(&format!("{} {}", answer.question, answer.answer)).unwrap_or(UNCLEAR)
}

fn language_of_passage(passage: &StoredPassage) -> Language {
    let passage = &passage.passage;
    passage.language.or_else(|| language_of(&passage.text)).unwrap_or(UNCLEAR)
}
