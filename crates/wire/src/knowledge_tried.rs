//! `POST /api/v1/knowledge/try`: what the AI agent would do with a message, and why.

#[cfg(feature = "openapi")]
use crate::schema::AnswerIdSchema;
use knock_model::AnswerId;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/knowledge/try`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnowledgeTryAsk {
    /// The key of the site.
    pub site: String,
    /// A question in the words of a visitor, 1 to 4,000 characters.
    pub question: String,
    /// The language of the chat: `en`, `de`, `fr` or `es`; `en` if it is absent. A message in another one is searched
    /// in its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// What the AI agent would do with a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeTried {
    /// The answer; null if none fits.
    #[serde(default)]
    pub found: Option<FoundAnswer>,
    /// The answers to the other questions of the message, in their order.
    #[serde(default)]
    pub more: Vec<FoundAnswer>,
    /// What the message does beside asking for a fact, such as `greeting` or `asks_human`; null if nothing.
    #[serde(default)]
    pub act: Option<String>,
    /// The language of the message, by its ISO 639-1 code; null where its words do not show it.
    #[serde(default)]
    pub language: Option<String>,
    /// The known questions that the agent offers, as the message may mean one of them, the most likely first.
    #[serde(default)]
    pub offered: Vec<OfferedQuestion>,
    /// What came closest, at most five, the closest first.
    #[serde(default)]
    pub scores: Vec<KnowledgeScore>,
    /// The reason, as a sentence in English.
    #[serde(default)]
    pub why: String,
}

/// A known question that is offered to a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedQuestion {
    /// The id of the question with its answer.
    pub id: AnswerId,
    /// The question as the team wrote it.
    pub question: String,
}

/// How close a known question, a page or a file came to a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeScore {
    /// The question, the page or the file.
    pub source: FoundIn,
    /// The score, 0 to 100.
    pub score: u8,
    /// The words of the message that count for it, the most telling first.
    pub words: Vec<String>,
}

/// A found answer.
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
    /// A known answer, written by the team.
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
