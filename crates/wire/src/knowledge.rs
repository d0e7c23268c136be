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
    /// The sites in use, in the order of their creation.
    pub sites: Vec<KnowledgeSite>,
}

/// A site that the AI agent can know something of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeSite {
    /// Its key.
    pub key: String,
    /// The name for the team.
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
    /// The answer of the AI agent.
    pub answer: String,
    /// The instant of its last change, in ms since 1970.
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
    /// The kind.
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
    /// The state.
    pub state: SourceStateWord,
    /// The number of passages.
    pub passages: u32,
    /// The instant of its last successful reading, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_read_at: Option<Millis>,
    /// The instant of its next reading, in ms since 1970; absent for a file, and while it is being read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_read_at: Option<Millis>,
    /// Why it could not be read, or what was left out, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The instant of its creation, in ms since 1970.
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
    /// The cursor of the next page; absent on the last one.
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
    /// A question as a visitor might write it, 1 to 4,000 characters.
    pub question: String,
}

/// The result of a search as the AI agent makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeTried {
    /// The answer; null if nothing fits.
    #[serde(default)]
    pub found: Option<FoundAnswer>,
}

/// An answer that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundAnswer {
    /// The answer.
    pub text: String,
    /// The source.
    pub source: FoundIn,
    /// The confidence that it fits the question, 0 to 100.
    pub confidence: u8,
}

/// The source of an answer.
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
