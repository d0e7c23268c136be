//! Playbooks of the AI agent, and unanswered questions.

use crate::StoreError;
use knock_agent::{Language, Playbook, Playbooks};
use knock_model::{ConversationId, Millis, SiteId};
use knock_routing::AgentKind;

/// A version of a playbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaybookVersion {
    /// The site that it is for; none for all sites.
    pub site: Option<SiteId>,
    pub kind: AgentKind,
    pub language: Language,
    /// The number among the versions of the same site, from 1; 0 before any was saved.
    pub version: u32,
    pub saved_at: Millis,
    /// The texts; none if this version restored the playbook of all sites, for all sites the built-in one.
    pub playbook: Option<Playbook>,
}

/// A question of a lead without an answer of the agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// The key: the same for questions with the same meaning.
    pub key: String,
    /// The text of the lead.
    pub text: String,
    pub at: Millis,
    pub conversation: ConversationId,
}

/// A question that needs no answer any more: the SHA-256 of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionHash(pub [u8; 32]);

/// Writing playbooks.
pub trait PlaybookLedger {
    /// Stores a version.
    fn append_playbook(&mut self, version: &PlaybookVersion) -> Result<(), StoreError>;

    /// Deletes all versions that are for a site.
    fn drop_playbooks(&mut self, site: SiteId) -> Result<(), StoreError>;

    /// Records that a question of a site needs no answer any more as of an instant.
    fn settle_question(&mut self, site: SiteId, question: QuestionHash, at: Millis) -> Result<(), StoreError>;
}

/// Reading playbooks.
pub trait PlaybookView {
    /// The playbooks in use on a site: its own in the place of those for all sites.
    fn playbooks(&self, site: SiteId) -> Result<Playbooks, StoreError>;

    /// The newest version of each playbook that was ever saved for all sites, and of those for `site`.
    fn current_playbooks(&self, site: Option<SiteId>) -> Result<Vec<PlaybookVersion>, StoreError>;

    /// All versions of one playbook that are for a site, or for all sites, newest first.
    fn playbook_versions(
        &self,
        site: Option<SiteId>,
        kind: AgentKind,
        language: Language,
    ) -> Result<Vec<PlaybookVersion>, StoreError>;

    /// The sites with their own texts for a kind and language, by id.
    fn sites_with_playbook(&self, kind: AgentKind, language: Language) -> Result<Vec<SiteId>, StoreError>;

    /// Returns questions of a site without an answer since an instant, newest first, except those of leads with the
    /// spam mark.
    fn unanswered(&self, site: SiteId, since: Millis, limit: u32) -> Result<Vec<Unanswered>, StoreError>;

    /// Returns the questions of a site that need no answer any more, each with the instant.
    fn settled_questions(&self, site: SiteId) -> Result<Vec<(QuestionHash, Millis)>, StoreError>;

    /// The time until the first answer of a rep, for each conversation that was opened since an instant and in which
    /// the lead wrote before another; none where no rep has answered. The newest `limit` conversations, without spam.
    fn first_waits(&self, since: Millis, until: Millis, limit: u32) -> Result<Vec<Option<Millis>>, StoreError>;
}
