//! The audit log: who changed what, and when.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use crate::{ActorKindWord, AuditActionWord};
use knock_model::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// `GET /api/v1/audit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// Newest first.
    pub entries: Vec<AuditEntry>,
    /// The cursor of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One change to the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Its number, counted from the oldest on.
    pub id: i64,
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The actor.
    pub actor: AuditActor,
    /// The action, such as `member.invited`.
    pub action: AuditActionWord,
    /// The subject of the action.
    pub subject: AuditSubject,
    /// The changed fields as they were.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub before: BTreeMap<String, Value>,
    /// The changed fields as they are from then on. Secrets are never among them.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub after: BTreeMap<String, Value>,
    /// The id of the receipt of an erasure: of this one, or of the one that took out whom the entry was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
}

/// The actor of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditActor {
    /// A member, an API key, a command on the machine of the server, or the server itself.
    pub kind: ActorKindWord,
    /// The value for `actor` of a filter: the id of a member or a key, else the kind.
    pub id: String,
    /// The e-mail address of the member, or the name of the key, at that time; empty for the others.
    pub name: String,
}

/// The subject of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditSubject {
    /// The kind, such as `site`.
    pub kind: String,
    /// The id within that kind; empty where there is one only, and for an erased person.
    pub id: String,
    /// Its name at that time; empty for what has none, and for an erased person.
    pub name: String,
}
