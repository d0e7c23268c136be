//! The knowledge of the AI agent about a site: questions with answers, and passages of pages and files. Every method of
//! the traits fails only if the database does.

use crate::StoreError;
use knock_agent::Language;
use knock_model::{AnswerId, Millis, SiteId, SourceId, SourceKind, SourceState};
use serde::{Deserialize, Serialize};
use std::pin::Pin;

/// A question that the team expects, with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAnswer {
    /// Its id.
    pub id: AnswerId,
    /// The site whose visitors get it.
    pub site: SiteId,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// The instant of creation or of the last change.
    pub updated_at: Millis,
}

/// The source of passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnowledgeSource {
    /// Its id.
    pub id: SourceId,
    /// The site that it is knowledge of.
    pub site: SiteId,
    /// The kind.
    pub kind: SourceKind,
    /// The address of a page or a sitemap, the name of a file.
    pub name: String,
    /// The content type of a file; empty for what is read from an address.
    pub content_type: String,
    /// The bytes of a file; 0 for what is read from an address.
    pub bytes: u64,
    /// The state.
    pub state: SourceState,
    /// The number of its passages.
    pub passages: u32,
    /// The instant of the last successful reading.
    pub last_read_at: Option<Millis>,
    /// The instant of the next reading; during a reading, the expiry of its claim. None for a file.
    pub due_at: Option<Millis>,
    /// The error of the last reading, or the parts that it left out; empty if there are none.
    pub error: String,
    /// Readings that failed since the last one that did not.
    pub failures: u32,
    /// The number of its last claim: a reading whose claim is not the last one is not kept.
    pub claim: i64,
    /// The instant of creation.
    pub created_at: Millis,
}

/// A piece of a source that an answer can be taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The title of its page; empty where there is none.
    pub title: String,
    /// The heading that it stands under; empty where there is none.
    pub heading: String,
    /// The address of its page; empty for a file.
    pub url: String,
    /// The language of its page, as far as it is known.
    pub language: Option<Language>,
    /// The text.
    pub text: String,
}

/// A passage with its source and its place in it, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPassage {
    /// The source.
    pub source: SourceId,
    /// Its place in the source.
    pub position: u32,
    /// The passage.
    pub passage: Passage,
}

/// An answer that the AI agent found for a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The answer: the team's own, or the sentences of a passage that say most about the question.
    pub text: String,
    /// The source of the answer.
    pub source: FoundIn,
    /// The confidence that it answers the question, 0 to 100.
    pub confidence: u8,
}

/// The source of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundIn {
    /// A question with an answer of the team.
    Question {
        /// Its id.
        id: AnswerId,
        /// The question as the team wrote it.
        question: String,
    },
    /// A page of a website.
    Page {
        /// Its title.
        title: String,
        /// Its address.
        url: String,
    },
    /// An uploaded file.
    File {
        /// Its name.
        name: String,
    },
}

/// The content of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceReading {
    /// Its passages in order.
    pub passages: Vec<Passage>,
    /// The parts that were left out, in words; empty if there are none.
    pub left_out: String,
}

/// Reads sources that have an address.
pub trait SourceReader: Send + Sync {
    /// Reads the content of a source. The error is a text for the team.
    fn read<'r>(&'r self, source: &'r KnowledgeSource) -> SourceReadingFuture<'r>;
}

/// A reading under way.
pub type SourceReadingFuture<'r> = Pin<Box<dyn Future<Output = Result<SourceReading, String>> + Send + 'r>>;

/// Writing knowledge. A change of the agent's search results for a site raises its version in the same transaction.
pub trait KnowledgeLedger {
    /// Stores a question with its answer, new or known.
    fn save_answer(&mut self, answer: &KnownAnswer) -> Result<(), StoreError>;

    /// Deletes a question with its answer; false when there is none.
    fn drop_answer(&mut self, id: AnswerId) -> Result<bool, StoreError>;

    /// Stores a source, new or known.
    fn save_source(&mut self, source: &KnowledgeSource) -> Result<(), StoreError>;

    /// Deletes a source with its passages; false when there is none.
    fn drop_source(&mut self, id: SourceId) -> Result<bool, StoreError>;

    /// Replaces all passages of a source.
    fn save_passages(&mut self, source: SourceId, passages: &[Passage]) -> Result<(), StoreError>;

    /// Deletes all that is known of a site.
    fn drop_knowledge(&mut self, site: SiteId) -> Result<(), StoreError>;

    /// Records that the answers of the agent for a site may differ from now on.
    fn raise_knowledge_version(&mut self, site: SiteId) -> Result<(), StoreError>;
}

/// Reading knowledge.
pub trait KnowledgeView {
    /// The questions with answers of a site, by id.
    fn answers(&self, site: SiteId) -> Result<Vec<KnownAnswer>, StoreError>;

    /// One question with its answer.
    fn known_answer(&self, id: AnswerId) -> Result<Option<KnownAnswer>, StoreError>;

    /// The sources of a site, by id.
    fn sources(&self, site: SiteId) -> Result<Vec<KnowledgeSource>, StoreError>;

    /// One source.
    fn source(&self, id: SourceId) -> Result<Option<KnowledgeSource>, StoreError>;

    /// The sources of all sites that are due, the longest due first: those to be read, and those whose claim has ended.
    /// Nothing waits for longer than `longest`: a clock that was set back must not hold it up.
    fn due_sources(&self, now: Millis, longest: Millis, limit: u32) -> Result<Vec<KnowledgeSource>, StoreError>;

    /// The instant at which the next source is due.
    fn next_source_due(&self) -> Result<Option<Millis>, StoreError>;

    /// The number of sources in each state.
    fn source_totals(&self) -> Result<Vec<(SourceState, u64)>, StoreError>;

    /// Passages of a source from a place on, in order.
    fn passages(&self, source: SourceId, from: u32, limit: u32) -> Result<Vec<StoredPassage>, StoreError>;

    /// All passages of a site, by source and place.
    fn site_passages(&self, site: SiteId) -> Result<Vec<StoredPassage>, StoreError>;

    /// The number that rises when what the agent can find for a site changes; 0 where nothing was ever known.
    fn knowledge_version(&self, site: SiteId) -> Result<i64, StoreError>;
}
