//! `/api/v1/knowledge`: what the AI agent knows of a site.

#[cfg(feature = "openapi")]
use crate::schema::{AnswerIdSchema, MillisSchema, SourceIdSchema};
use crate::{SourceKindWord, SourceStateWord};
use knock_model::{AnswerId, Millis, SourceId};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/knowledge/sites`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeSites {
    /// Those in use, in the order they were made.
    pub sites: Vec<KnowledgeSite>,
}

/// A site that the AI agent can know something of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeSite {
    /// Its key.
    pub key: String,
    /// What the team calls it.
    pub name: String,
}

/// `GET /api/v1/knowledge`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeList {
    /// Questions with answers, in the order they were added.
    pub answers: Vec<KnownAnswer>,
    /// Pages, sitemaps and files, in the order they were added.
    pub sources: Vec<KnowledgeSource>,
}

/// A question that the team expects, with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownAnswer {
    /// Its id.
    pub id: AnswerId,
    /// The question.
    pub question: String,
    /// What the AI agent answers.
    pub answer: String,
    /// When it was added or changed last.
    pub updated_at: Millis,
}

/// `POST /api/v1/knowledge/answers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnownAnswerDraft {
    /// Key of the site.
    pub site: String,
    /// The question, 1 to 300 characters.
    pub question: String,
    /// The answer, 1 to 2,000 characters.
    pub answer: String,
}

/// `PATCH /api/v1/knowledge/answers/{id}`: what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnownAnswerChange {
    /// The question, 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The answer, 1 to 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// A page, a sitemap or a file that passages come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeSource {
    /// Its id.
    pub id: SourceId,
    /// What it is.
    pub kind: SourceKindWord,
    /// The address of a page or a sitemap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The name of a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The content type of a file, by its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The size of a file in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Where it stands.
    pub state: SourceStateWord,
    /// How many passages it has.
    pub passages: u32,
    /// When it was read last without an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_read_at: Option<Millis>,
    /// When it is read next; absent for a file, and while it is being read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_read_at: Option<Millis>,
    /// Why it could not be read, or what was left out, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// When it was added.
    pub created_at: Millis,
}

/// `POST /api/v1/knowledge/sources`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnowledgeSourceDraft {
    /// Key of the site.
    pub site: String,
    /// `page` or `sitemap`.
    pub kind: SourceKindWord,
    /// The address, at most 2,000 bytes; without a scheme it is https.
    pub address: String,
}

/// `GET /api/v1/knowledge/sources/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeSourceRecord {
    /// The source.
    pub source: KnowledgeSource,
    /// A page of its passages, in order.
    pub passages: Vec<KnowledgePassage>,
    /// Where the next page goes on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

/// A piece of a source that an answer can be taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgePassage {
    /// Its place in the source, from 0.
    pub position: u32,
    /// The title of its page.
    #[serde(default)]
    pub title: String,
    /// The heading that it stands under, with those above.
    #[serde(default)]
    pub heading: String,
    /// The address of its page; empty for a file.
    #[serde(default)]
    pub url: String,
    /// The text.
    pub text: String,
}

/// `POST /api/v1/knowledge/try`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnowledgeTryAsk {
    /// Key of the site.
    pub site: String,
    /// What a visitor might write, 1 to 4,000 characters.
    pub question: String,
}

/// What the AI agent would find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeTried {
    /// What it found; null when nothing fits.
    #[serde(default)]
    pub found: Option<FoundAnswer>,
}

/// An answer that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundAnswer {
    /// The answer.
    pub text: String,
    /// Where it was found.
    pub source: FoundIn,
    /// How far it fits the question, 0 to 100.
    pub confidence: u8,
}

/// Where an answer was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
