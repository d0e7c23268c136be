//! `/api/v1/knowledge`: the knowledge of the AI agent about a site.

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

/// A site that can have knowledge for the AI agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeSite {
    /// Its key.
    pub key: String,
    /// The name for the team.
    pub name: String,
    /// Whether it is the demo site.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_demo: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// `GET /api/v1/knowledge`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeList {
    /// The questions with answers, in the order of creation.
    pub answers: Vec<KnownAnswer>,
    /// The sources: pages, sitemaps and files, in the order of creation.
    pub sources: Vec<KnowledgeSource>,
    /// Wordings of leads for the questions, for the team to accept or to dismiss, the most frequent first.
    #[serde(default)]
    pub suggested: Vec<SuggestedWording>,
}

/// A wording that leads used for a known question: they chose the question when the AI agent offered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuggestedWording {
    /// The id of the question with its answer.
    pub answer: AnswerId,
    /// The words of the lead.
    pub text: String,
    /// The number of times that somebody asked like that.
    pub times: u32,
    /// The instant of the last time, in ms since 1970.
    pub last_at: Millis,
}

/// A known answer: an expected question with the answer of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownAnswer {
    /// Its id.
    pub id: AnswerId,
    /// The question.
    pub question: String,
    /// Other ways to ask it.
    #[serde(default)]
    pub wordings: Vec<String>,
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
    /// The key of the site.
    pub site: String,
    /// The question, 1 to 300 characters.
    pub question: String,
    /// Other ways to ask it: at most 20, 1 to 300 characters each, none twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<String>,
    /// The answer, 1 to 2,000 characters.
    pub answer: String,
}

/// `PATCH /api/v1/knowledge/answers/{id}`: the fields to change; absent fields are unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnownAnswerChange {
    /// The question, 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// All other ways to ask it: at most 20, 1 to 300 characters each, none twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wordings: Option<Vec<String>>,
    /// The answer, 1 to 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// `POST /api/v1/knowledge/answers/{id}/wordings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WordingDraft {
    /// Another way to ask the question, 1 to 300 characters: a suggested one, or one of the team.
    pub text: String,
}

/// A source: a page, a sitemap or a file, with its passages.
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
    /// The content type of a file, detected from its content.
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
    /// The reason why it could not be read, or the parts that were left out, as a text.
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
    /// The key of the site.
    pub site: String,
    /// `page` or `sitemap`.
    pub kind: SourceKindWord,
    /// The address, at most 2,000 bytes; the default scheme is https.
    pub address: String,
}

/// `GET /api/v1/knowledge/sources/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeSourceRecord {
    /// The source.
    pub source: KnowledgeSource,
    /// One page of the list of its passages, in order.
    pub passages: Vec<KnowledgePassage>,
    /// The cursor of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

/// A passage: a part of a source from which an answer can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgePassage {
    /// Its position in the source, from 0.
    pub position: u32,
    /// The title of its page.
    #[serde(default)]
    pub title: String,
    /// The heading above the passage, with its parent headings.
    #[serde(default)]
    pub heading: String,
    /// The address of its page; empty for a file.
    #[serde(default)]
    pub url: String,
    /// The text.
    pub text: String,
}
