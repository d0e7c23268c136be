//! `/api/v1/playbooks` and `/api/v1/agent`: what the AI agent says, and what it could not answer.

#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, IntentTypeSchema, MillisSchema};
use crate::{AnswerSource, Author};
use knock_model::{ConversationId, IntentType, Millis};
use serde::{Deserialize, Serialize};

/// A playbook: what one kind of agent says in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Playbook {
    /// The kind of agent: `general`, `buying`, `support`, `hiring` or `partnership`.
    pub kind: String,
    /// Its language (ISO 639-1): `en`, `de`, `fr` or `es`.
    pub language: String,
    /// Key of the site that it is for; none for all sites.
    #[serde(default)]
    pub site: Option<String>,
    /// Its version among those for the same site; 0 before any was saved.
    pub version: u32,
    /// The instant of saving this version, in ms since 1970; none for version 0.
    #[serde(default)]
    pub saved_at: Option<Millis>,
    /// Whose texts these are.
    #[serde(default)]
    pub texts_of: TextsOf,
    /// Whether its texts are those that Knock comes with.
    pub is_standard: bool,
    /// Its steps, in the order of a chat.
    pub steps: Vec<PlaybookStep>,
}

/// Whose texts a playbook has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TextsOf {
    /// Those that Knock comes with.
    #[default]
    Standard,
    /// Those that were saved for all sites.
    Workspace,
    /// Those that were saved for the site.
    Own,
}

/// A step of a playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaybookStep {
    /// Its name, such as `handover`.
    pub step: String,
    /// The texts; the first that was not sent before is sent.
    pub texts: Vec<String>,
    /// The placeholders that its texts may contain.
    #[serde(default)]
    pub places: Vec<String>,
}

/// `GET /api/v1/playbooks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaybookList {
    /// The playbooks in use, by kind and language.
    pub playbooks: Vec<Playbook>,
}

/// `GET /api/v1/playbooks/{kind}/{language}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaybookVersions {
    /// All versions, newest first. The last one is 0: for a site the playbook of all sites, for all sites the one that
    /// Knock comes with.
    pub versions: Vec<Playbook>,
    /// Of the versions for all sites: the keys of the sites that use their own texts instead.
    #[serde(default)]
    pub own_sites: Vec<String>,
}

/// `PUT /api/v1/playbooks/{kind}/{language}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaybookDraft {
    /// The version that was changed: refused when it is not the newest any more.
    pub version: u32,
    /// All steps; none at all goes back to the playbook of all sites, for all sites to the one that Knock comes with.
    pub steps: Vec<StepDraft>,
}

/// A step as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepDraft {
    /// Its name.
    pub step: String,
    /// 1 to 10 texts of at most 500 characters; empty ones are left out.
    pub texts: Vec<String>,
}

/// `POST /api/v1/playbooks/preview`: a chat with the agent that is stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewAsk {
    /// Key of the site whose knowledge and playbooks are used.
    pub site: String,
    /// The language of the page.
    pub language: String,
    /// The agent that has the chat; without one it is handed over to a rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// A playbook that is tried before it is saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<PreviewDraft>,
    /// The messages of the lead, in order, at most 50.
    pub messages: Vec<String>,
}

/// A playbook that is tried before it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewDraft {
    /// The kind of agent.
    pub kind: String,
    /// In which language.
    pub language: String,
    /// All steps.
    pub steps: Vec<StepDraft>,
}

/// The chat that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preview {
    /// Greeting, messages and answers, in order.
    pub messages: Vec<PreviewMessage>,
    /// The intent type at the end. What a lead did before on the site is left out.
    pub intent_type: IntentType,
}

/// A message of a chat that is stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewMessage {
    /// `lead` or `ai_agent`.
    pub author: Author,
    /// The text.
    pub text: String,
    /// Suggested replies of the agent.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The source, if it is an answer.
    #[serde(default)]
    pub source: Option<AnswerSource>,
}

/// `GET` and `PUT /api/v1/agent`: how the AI agent works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AgentSettings {
    /// Whether it asks what a chat is about where that is not clear (IF-09).
    pub asks_to_clarify: bool,
    /// Whether it warns a lead who abuses it, and rejects the lead if that goes on; yes where it is left out.
    #[serde(default = "yes")]
    pub rejects_abuse: bool,
}

const fn yes() -> bool {
    true
}

/// `GET /api/v1/knowledge/unanswered`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnansweredList {
    /// The most frequent first.
    pub questions: Vec<UnansweredQuestion>,
}

/// Questions of leads that ask the same, to which the agent had no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnansweredQuestion {
    /// The id.
    pub id: String,
    /// The question as it was asked last.
    pub question: String,
    /// The number of times it was asked.
    pub times: u32,
    /// The instant of the last time, in ms since 1970.
    pub last_at: Millis,
    /// The conversation of the last time.
    pub conversation: ConversationId,
}

/// `POST /api/v1/knowledge/unanswered/dismiss`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuestionDismissal {
    /// Key of the site.
    pub site: String,
    /// The `id` of the question.
    pub question: String,
}
