//! The knowledge of the AI agent about a site: questions with answers, and passages of pages and files. Every method of
//! the traits fails only if the database does.

use crate::StoreError;
use knock_agent::Language;
use knock_model::{AnswerId, LeadId, Millis, SiteId, SourceId, SourceKind, SourceState};
use serde::{Deserialize, Serialize};
use std::pin::Pin;

/// An expected question, with the team's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAnswer {
    pub id: AnswerId,
    /// The site whose visitors receive it.
    pub site: SiteId,
    pub question: String,
    /// Other ways to ask it.
    pub wordings: Vec<String>,
    pub answer: String,
    /// The instant of creation or of the last change.
    pub updated_at: Millis,
}

/// The source of passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnowledgeSource {
    pub id: SourceId,
    pub site: SiteId,
    pub kind: SourceKind,
    /// The address of a page or a sitemap, the name of a file.
    pub name: String,
    /// The content type of a file; empty for a page or a sitemap.
    pub content_type: String,
    /// The size of a file in bytes; 0 for a page or a sitemap.
    pub bytes: u64,
    pub state: SourceState,
    pub passages: u32,
    /// The instant of the last successful reading.
    pub last_read_at: Option<Millis>,
    /// The instant of the next reading; during a reading, the expiry of its claim. None for a file.
    pub due_at: Option<Millis>,
    /// The error of the last reading, or the parts that it left out; empty if there are none.
    pub error: String,
    /// The number of failed readings since the last successful one.
    pub failures: u32,
    /// The number of its last claim: a reading with an earlier claim is discarded.
    pub claim: i64,
    pub created_at: Millis,
}

/// A part of a source from which an answer can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The title of its page; empty if there is none.
    pub title: String,
    /// The heading above it; empty if there is none.
    pub heading: String,
    /// The address of its page; empty for a file.
    pub url: String,
    /// The language of its page, as far as it is known.
    pub language: Option<Language>,
    pub text: String,
}

/// A passage with its source and its position in it, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPassage {
    pub source: SourceId,
    pub position: u32,
    pub passage: Passage,
}

/// An answer that the AI agent found for a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The answer: the team's own, or the most relevant sentences of a passage.
    pub text: String,
    pub source: FoundIn,
    /// The confidence that it answers the question, 0 to 100.
    pub confidence: u8,
}

/// What the knowledge of a site says to a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consulted {
    /// The answers, at most three: one for each question of the message that has one, in their order.
    pub found: Vec<Found>,
    /// Known questions that the message may mean, at most three, the most likely first; empty where something was found.
    pub offered: Vec<OfferedQuestion>,
    /// The known questions and passages that came closest, at most five, the closest first.
    pub scores: Vec<Scored>,
}

/// A known question that is offered to a lead, since it may be the one they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedQuestion {
    pub id: AnswerId,
    pub question: String,
}

/// How close a known question or a passage came to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    pub source: FoundIn,
    /// The score, 0 to 100.
    pub score: u8,
    /// The words of the message that count for it, the most telling first.
    pub words: Vec<String>,
}

/// A wording of leads for a known question, for the team to accept: they chose the question when it was offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedWording {
    pub answer: AnswerId,
    /// The words of the lead.
    pub text: String,
    /// The number of times that somebody asked like that.
    pub times: u32,
    /// The last lead who did: the wording is erased with them.
    pub lead: LeadId,
    /// The last of them.
    pub at: Millis,
}

/// The source of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundIn {
    /// A known answer of the team.
    Question {
        id: AnswerId,
        /// The question as the team wrote it.
        question: String,
    },
    /// A page of a website.
    Page { title: String, url: String },
    /// An uploaded file.
    File { name: String },
}

/// The content of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceReading {
    pub passages: Vec<Passage>,
    /// The parts that were left out, in words; empty if there are none.
    pub left_out: String,
}

/// Reads sources that have an address.
pub trait SourceReader: Send + Sync {
    /// Reads the content of a source. The error is a text for the team.
    fn read<'r>(&'r self, source: &'r KnowledgeSource) -> SourceReadingFuture<'r>;
}

/// A reading in progress.
pub type SourceReadingFuture<'r> = Pin<Box<dyn Future<Output = Result<SourceReading, String>> + Send + 'r>>;

/// Writing knowledge. A change of the agent's search results for a site raises its version in the same transaction.
pub trait KnowledgeLedger {
    /// Stores a question with its answer, new or known.
    fn save_answer(&mut self, answer: &KnownAnswer) -> Result<(), StoreError>;

    /// Deletes a question with its answer; false if there is none.
    fn drop_answer(&mut self, id: AnswerId) -> Result<bool, StoreError>;

    /// Counts a wording of a lead for a known question. At most 100 wait for each question: others are not kept.
    fn suggest_wording(&mut self, answer: AnswerId, text: &str, lead: LeadId, at: Millis) -> Result<(), StoreError>;

    /// Deletes a suggested wording; false if there is none.
    fn drop_suggested_wording(&mut self, answer: AnswerId, text: &str) -> Result<bool, StoreError>;

    /// Stores a source, new or known.
    fn save_source(&mut self, source: &KnowledgeSource) -> Result<(), StoreError>;

    /// Deletes a source with its passages; false if there is none.
    fn drop_source(&mut self, id: SourceId) -> Result<bool, StoreError>;

    /// Replaces all passages of a source.
    fn save_passages(&mut self, source: SourceId, passages: &[Passage]) -> Result<(), StoreError>;

    /// Deletes all knowledge of a site.
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

    /// The suggested wordings for the known questions of a site, the most frequent first.
    fn suggested_wordings(&self, site: SiteId) -> Result<Vec<SuggestedWording>, StoreError>;

    /// The suggested wordings whose last lead is this one, by question and text.
    fn suggested_wordings_of(&self, lead: LeadId) -> Result<Vec<SuggestedWording>, StoreError>;

    /// The sources of a site, by id.
    fn sources(&self, site: SiteId) -> Result<Vec<KnowledgeSource>, StoreError>;

    /// One source.
    fn source(&self, id: SourceId) -> Result<Option<KnowledgeSource>, StoreError>;

    /// Returns the due sources of all sites, the longest due first: those to be read, and those whose claim has ended.
    /// No source waits for longer than `longest`: a clock that was set back must not delay it.
    fn due_sources(&self, now: Millis, longest: Millis, limit: u32) -> Result<Vec<KnowledgeSource>, StoreError>;

    /// The instant at which the next source is due.
    fn next_source_due(&self) -> Result<Option<Millis>, StoreError>;

    /// The number of sources in each state.
    fn source_totals(&self) -> Result<Vec<(SourceState, u64)>, StoreError>;

    /// Returns passages of a source from a position on, in order.
    fn passages(&self, source: SourceId, from: u32, limit: u32) -> Result<Vec<StoredPassage>, StoreError>;

    /// Returns all passages of a site, by source and position.
    fn site_passages(&self, site: SiteId) -> Result<Vec<StoredPassage>, StoreError>;

    /// Returns the version of a site's knowledge, which rises with each change of the agent's search results; 0 if
    /// there was never any.
    fn knowledge_version(&self, site: SiteId) -> Result<i64, StoreError>;
}
