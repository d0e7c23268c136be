//! Playbooks of the AI agent, and their preview.

use knock_wire::{AgentSettings, Playbook, PlaybookDraft, PlaybookVersions, Preview, PreviewAsk};

use super::{Client, Failure, Method, encode, json};

impl Client {
    /// All versions of a playbook, newest first.
    pub(crate) async fn playbook(&self, kind: &str, language: &str) -> Result<PlaybookVersions, Failure> {
        self.get(path(kind, language)).await
    }

    /// Saves a playbook as its next version.
    pub(crate) async fn save_playbook(
        &self,
        kind: &str,
        language: &str,
        draft: &PlaybookDraft,
    ) -> Result<Playbook, Failure> {
        self.ask(Method::Put, path(kind, language), Some(json(draft)?)).await
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
}

fn path(kind: &str, language: &str) -> String {
    format!("/api/v1/playbooks/{}/{}", encode(kind), encode(language))
}
