//! API keys.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, RepIdSchema, RoleSchema};
use crate::{RawSecret, RoleWord};
use knock_model::{Millis, RepId, Role};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApiKeyDraft {
    /// The purpose, at most 100 characters.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Who writes with it to leads and to the team; absent for a key that does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<ApiKeyAuthor>,
    /// From when on it is no longer valid; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Millis>,
}

/// Who is to write with a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyAuthor {
    /// An active member, by id: the key acts as them, within their role too, and ends when they leave the team.
    Member(RepId),
    /// An integration, by its name, such as `Zapier`, at most 60 characters: keys with the same name are of the same one.
    Integration(String),
}

/// The kind of a key's author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyAuthorKind {
    /// A member.
    Member,
    /// An integration.
    Integration,
}

/// The author of what is written with a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyAuthorShown {
    /// A member or an integration.
    pub kind: ApiKeyAuthorKind,
    /// The e-mail address of the member, or the name of the integration.
    pub name: String,
}

/// A new key; it is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyCreated {
    /// Names it in lists; it is no secret.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The secret to send as `Authorization: Bearer KEY`.
    pub key: RawSecret,
    /// The role.
    pub role: Role,
}

/// `GET /api/v1/keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyList {
    /// The latest first.
    pub keys: Vec<ApiKeyRow>,
}

/// A key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyRow {
    /// Names it; it is no secret.
    pub id: String,
    /// The purpose; empty if none was given.
    pub name: String,
    /// The role.
    pub role: RoleWord,
    /// Who writes with it; absent for a key that writes nothing to leads or to the team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<ApiKeyAuthorShown>,
    /// The e-mail address of the member who created it; empty when it was created by the command line.
    pub created_by: String,
    /// The instant of creation, in ms since 1970.
    pub created_at: Millis,
    /// The hour of its last use, in ms since 1970; absent before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<Millis>,
    /// From when on it is no longer valid; absent when it never ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Millis>,
    /// Whether that has come.
    pub has_ended: bool,
}
