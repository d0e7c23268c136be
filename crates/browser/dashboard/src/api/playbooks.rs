//! Playbooks of the AI agent, and their preview.

use knock_wire::{AgentRejections, AgentSettings, Playbook, PlaybookDraft, PlaybookVersions, Preview, PreviewAsk};

use super::{Client, Failure, Method, encode, json};

/// A playbook by its choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaybookKey {
    /// The agent.
    pub(crate) kind: String,
    /// The code of the language.
    pub(crate) language: String,
    /// The key of the site that it is for; empty for all sites.
    pub(crate) site: String,
}

impl Client {
    /// All versions of a playbook, newest first.
    pub(crate) async fn playbook(&self, of: &PlaybookKey) -> Result<PlaybookVersions, Failure> {
        self.get(path(of)).await
    }

    /// Saves a playbook as its next version.
    pub(crate) async fn save_playbook(&self, of: &PlaybookKey, draft: &PlaybookDraft) -> Result<Playbook, Failure> {
        self.ask(Method::Put, path(of), Some(json(draft)?)).await
    }

    /// A preview of a chat with the AI agent, which is not stored.
    pub(crate) async fn preview(&self, ask: &PreviewAsk) -> Result<Preview, Failure> {
        self.ask(Method::Post, "/api/v1/playbooks/preview".to_owned(), Some(json(ask)?)).await
    }

    pub(crate) async fn agent_settings(&self) -> Result<AgentSettings, Failure> {
        self.get("/api/v1/agent".to_owned()).await
    }

    pub(crate) async fn change_agent_settings(&self, settings: &AgentSettings) -> Result<AgentSettings, Failure> {
        self.ask(Method::Put, "/api/v1/agent".to_owned(), Some(json(settings)?)).await
    }

    /// Whom the agent rejects by conditions.
    pub(crate) async fn agent_rejections(&self) -> Result<AgentRejections, Failure> {
        self.get("/api/v1/agent/rejections".to_owned()).await
    }

    pub(crate) async fn change_agent_rejections(
        &self,
        rejections: &AgentRejections,
    ) -> Result<AgentRejections, Failure> {
        self.ask(Method::Put, "/api/v1/agent/rejections".to_owned(), Some(json(rejections)?)).await
    }
}

/// The playbook for all sites, or for the site.
fn path(of: &PlaybookKey) -> String {
    let path = format!("/api/v1/playbooks/{}/{}", encode(&of.kind), encode(&of.language));
    if of.site.is_empty() { path } else { format!("{path}?site={}", encode(&of.site)) }
}
