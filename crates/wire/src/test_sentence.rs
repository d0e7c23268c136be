//! `/api/v1/knowledge/tests`: sentences by which the team tests the AI agent of a site.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/knowledge/tests`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestSentenceList {
    /// The sentences, in the order of the team.
    pub sentences: Vec<TestSentence>,
}

/// A test sentence, and what the AI agent did with it when the team last accepted that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestSentence {
    /// The sentence.
    pub text: String,
    /// What the agent did, in words; absent before it was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
    /// The instant of the acceptance, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Millis>,
}

/// `PUT /api/v1/knowledge/tests`: all sentences of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestSentencesDraft {
    /// At most 200, none twice.
    pub sentences: Vec<TestSentenceDraft>,
}

/// A test sentence to save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestSentenceDraft {
    /// The sentence, 1 to 300 characters.
    pub text: String,
    /// What the agent does, as the run has it, to accept that; absent to accept nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
}

/// `POST /api/v1/knowledge/tests/run`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestRunAsk {
    /// The key of the site.
    pub site: String,
}

/// What the AI agent does with the test sentences of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestRun {
    /// In the order of the team.
    pub results: Vec<TestResult>,
}

/// What the AI agent does with a test sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestResult {
    /// The sentence.
    pub text: String,
    /// What the agent does now, in words: it differs from `accepted` when the agent does something else.
    pub now: String,
    /// What it did when the team last accepted that; absent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
    /// The instant of the acceptance, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Millis>,
}
