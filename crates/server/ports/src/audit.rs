//! The audit log: each change that an actor makes to the workspace, kept in the transaction of the change.

use crate::StoreError;
use knock_model::{ActorKind, AuditAction, LeadId, Millis, RepId};

/// Fields by name, as they are shown in an entry; never with a secret.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// The author of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in member.
    Member {
        /// The id of the member.
        id: RepId,
        /// The address of the member at that time.
        email: String,
    },
    /// A program with an API key.
    Key {
        /// The public id of the key, as shown in lists.
        id: String,
        /// The purpose of the key.
        name: String,
    },
    /// A command on the machine of the server.
    CommandLine,
    /// The server itself.
    Server,
}

impl Actor {
    /// The kind of the actor.
    pub const fn kind(&self) -> ActorKind {
        match self {
            Actor::Member { .. } => ActorKind::Member,
            Actor::Key { .. } => ActorKind::Key,
            Actor::CommandLine => ActorKind::CommandLine,
            Actor::Server => ActorKind::Server,
        }
    }

    /// The value by which entries of this actor are filtered: an id, or the kind if it has a single actor.
    pub fn id(&self) -> String {
        match self {
            Actor::Member { id, .. } => id.to_string(),
            Actor::Key { id, .. } => id.clone(),
            Actor::CommandLine | Actor::Server => self.kind().as_str().to_owned(),
        }
    }

    /// A name to show; empty for one that has none.
    pub fn name(&self) -> &str {
        match self {
            Actor::Member { email, .. } => email,
            Actor::Key { name, .. } => name,
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
    /// Its name at that time.
    pub name: String,
}

/// An entry to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// The instant of the change.
    pub at: Millis,
    /// The author of the change.
    pub actor: Actor,
    /// The action.
    pub action: AuditAction,
    /// The subject of the action.
    pub subject: AuditSubject,
    /// The lead it is about, if it is about one: their erasure takes out what identifies them.
    pub lead: Option<LeadId>,
    /// The changed fields as they were.
    pub before: Fields,
    /// The changed fields as they are from then on.
    pub after: Fields,
    /// The receipt of an erasure; empty for what is none.
    pub receipt: String,
}

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAudit {
    /// Its place in the log, counted from the oldest on.
    pub number: i64,
    /// The instant of the change.
    pub at: Millis,
    /// The word of the kind of actor: a newer version may have written an unknown one.
    pub actor_kind: String,
    /// The value by which entries of this actor are filtered.
    pub actor_id: String,
    /// The actor's name at that time.
    pub actor_name: String,
    /// The word of the action: a newer version may have written an unknown one.
    pub action: String,
    /// The subject of the action.
    pub subject: AuditSubject,
    /// The changed fields as they were.
    pub before: Fields,
    /// The changed fields as they were from then on.
    pub after: Fields,
    /// The receipt of an erasure, of this person or of the one whom the entry was about; empty for none.
    pub receipt: String,
}

/// A filter for entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFilter {
    /// A part of the name of an actor or a subject, of an action or a receipt; empty for all.
    pub search: String,
    /// An action by its word; empty for all.
    pub action: String,
    /// The id of an actor; empty for all.
    pub actor: String,
    /// From this instant on.
    pub from: Millis,
    /// Up to but not including this one.
    pub to: Millis,
}

/// Writing the audit log.
pub trait AuditLedger {
    /// Keeps an entry.
    fn append_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Takes out of all entries about a lead what identifies them; the entries keep the receipt of the erasure.
    fn redact_audit(&mut self, lead: LeadId, receipt: &str) -> Result<(), StoreError>;
}

/// Reading the audit log.
pub trait AuditView {
    /// Entries below a number, newest first.
    fn audit(&self, filter: &AuditFilter, below: i64, limit: u32) -> Result<Vec<StoredAudit>, StoreError>;

    /// Entries about a lead, oldest first.
    fn audit_of(&self, lead: LeadId) -> Result<Vec<StoredAudit>, StoreError>;
}
