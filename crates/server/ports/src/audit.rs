//! The audit log: each change that an actor makes to the workspace, kept in the transaction of the change.

use crate::{StoreError, TeamAuthor};
use knock_model::{ActorKind, AuditAction, LeadId, Millis, RepId, WorkflowId};

/// Fields by name, as they are shown in an entry; never with a secret.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// The author of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in member.
    Member {
        id: RepId,
        /// The address of the member at that time.
        email: String,
    },
    /// A program with an API key.
    Key {
        /// The public id of the key, as shown in lists.
        id: String,
        /// The purpose of the key, with the name of its author.
        name: String,
        /// Who writes with the key, if it may write.
        author: Option<TeamAuthor>,
    },
    /// A command on the machine of the server.
    CommandLine,
    Server,
    /// A step of a workflow.
    Workflow {
        id: WorkflowId,
        /// The name of the workflow at that time.
        name: String,
    },
}

impl Actor {
    /// The kind of the actor.
    pub const fn kind(&self) -> ActorKind {
        match self {
            Actor::Member { .. } => ActorKind::Member,
            Actor::Key { .. } => ActorKind::Key,
            Actor::CommandLine => ActorKind::CommandLine,
            Actor::Server => ActorKind::Server,
            Actor::Workflow { .. } => ActorKind::Workflow,
        }
    }

    /// The value by which entries of this actor are filtered: an id, or the kind if it has a single actor.
    pub fn id(&self) -> String {
        match self {
            Actor::Member { id, .. } => id.to_string(),
            Actor::Key { id, .. } => id.clone(),
            Actor::Workflow { id, .. } => id.to_string(),
            Actor::CommandLine | Actor::Server => self.kind().as_str().to_owned(),
        }
    }

    /// Returns who acts for the team: a member, also by a key, or an integration.
    pub const fn author(&self) -> Option<TeamAuthor> {
        match self {
            Actor::Member { id, .. } => Some(TeamAuthor::Member(*id)),
            Actor::Key { author, .. } => *author,
            Actor::CommandLine | Actor::Server | Actor::Workflow { .. } => None,
        }
    }

    /// Returns the member who acts, also by a key.
    pub fn member(&self) -> Option<RepId> {
        self.author().and_then(TeamAuthor::member)
    }

    /// Returns the name to display; empty for an actor without a name.
    pub fn name(&self) -> &str {
        match self {
            Actor::Member { email, .. } => email,
            Actor::Key { name, .. } | Actor::Workflow { name, .. } => name,
            Actor::CommandLine | Actor::Server => "",
        }
    }
}

/// The subject of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditSubject {
    /// The kind, such as `site`.
    pub kind: String,
    /// The id of the subject; empty if the kind has a single subject.
    pub id: String,
    /// The name at that time.
    pub name: String,
}

/// A new entry.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    pub at: Millis,
    pub actor: Actor,
    pub action: AuditAction,
    pub subject: AuditSubject,
    /// The lead of the entry, if it is about one: the erasure of the lead removes what identifies them.
    pub lead: Option<LeadId>,
    /// The changed fields before the change.
    pub before: Fields,
    /// The changed fields after the change.
    pub after: Fields,
    /// The receipt of an erasure; empty for other changes.
    pub receipt: String,
}

/// A stored entry.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAudit {
    /// The position in the log, counted from the oldest entry.
    pub number: i64,
    pub at: Millis,
    /// The word of the kind of actor: a newer version may have written an unknown one.
    pub actor_kind: String,
    /// The value by which entries of this actor are filtered.
    pub actor_id: String,
    /// The actor's name at that time.
    pub actor_name: String,
    /// The word of the action: a newer version may have written an unknown one.
    pub action: String,
    pub subject: AuditSubject,
    /// The changed fields before the change.
    pub before: Fields,
    /// The changed fields after the change.
    pub after: Fields,
    /// The receipt of the erasure that the entry records, or of the erasure of the entry's lead; empty for none.
    pub receipt: String,
}

/// A filter for entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFilter {
    /// A part of the name of an actor or a subject, of an action or a receipt; empty for all.
    pub search: String,
    /// A kind of change, as text; empty for all.
    pub action: String,
    /// The id of an actor; empty for all.
    pub actor: String,
    /// The first instant.
    pub from: Millis,
    /// The end, excluded.
    pub to: Millis,
}

/// Writing the audit log.
pub trait AuditLedger {
    /// Stores an entry.
    fn append_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Removes what identifies a lead from all entries about them; the entries keep the receipt of the erasure.
    fn redact_audit(&mut self, lead: LeadId, receipt: &str) -> Result<(), StoreError>;
}

/// Reading the audit log.
pub trait AuditView {
    /// Entries below a number, newest first.
    fn audit(&self, filter: &AuditFilter, below: i64, limit: u32) -> Result<Vec<StoredAudit>, StoreError>;

    /// Entries about a lead, oldest first.
    fn audit_of(&self, lead: LeadId) -> Result<Vec<StoredAudit>, StoreError>;
}
