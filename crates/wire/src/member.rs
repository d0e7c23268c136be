//! `/api/v1/members` and `/api/v1/sessions`: the team, and where one is signed in.

use crate::RawSecret;
#[cfg(feature = "openapi")]
use crate::schema::{MemberStateSchema, MillisSchema, RepIdSchema, RoleSchema};
use knock_model::{MemberState, Millis, RepId, Role};
use serde::{Deserialize, Serialize};

/// A member of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// The id, by which routing rules name them.
    pub id: RepId,
    /// The e-mail address.
    pub email: String,
    /// The role.
    pub role: Role,
    /// Whether they have signed in.
    pub state: MemberState,
    /// The name; empty until one is set.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The title; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The address of the picture on this server; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
}

/// `GET /api/v1/members`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberList {
    /// All members, in the order they were invited.
    pub members: Vec<Member>,
}

/// `POST /api/v1/members`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberDraft {
    /// The e-mail address.
    pub email: String,
    /// `admin`, `manager` or `rep`.
    pub role: Role,
}

/// An invitation; the link is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// The id of who is invited.
    pub id: RepId,
    /// The address that signs them in, once.
    pub invitation: RawSecret,
    /// The instant of expiry, in ms since 1970.
    pub expires_at: Millis,
    /// Whether it is mailed to them too.
    pub is_mailed: bool,
}

/// `POST /api/v1/members/{id}/link`: a sign-in link to pass on; it is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInLink {
    /// The address that signs the member in, once.
    pub link: RawSecret,
    /// The instant of expiry, in ms since 1970.
    pub expires_at: Millis,
}

/// `PATCH /api/v1/members/{id}`: what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberChange {
    /// `admin`, `manager` or `rep`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The name, at most 60 characters; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub name: Option<String>,
    /// The title, at most 60 characters; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub title: Option<String>,
}

/// `POST /api/v1/members/{id}/hand-over`: what becomes of the open chats of a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandOverDraft {
    /// The id of the member who gets them; without it, they are routed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<RepId>,
}

/// What was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandedOver {
    /// The number of chats that the member no longer has.
    pub chats: u32,
    /// The number of chats that routing left with the member: their rule names them alone.
    pub kept: u32,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// The id; it is no credential.
    pub id: String,
    /// The instant of sign-in, in ms since 1970.
    pub since: Millis,
    /// The expiry, in ms since 1970.
    pub expires_at: Millis,
    /// The hour of its last use, in ms since 1970; absent before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<Millis>,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// `GET /api/v1/sessions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionList {
    /// One's own, the latest first.
    pub sessions: Vec<OpenSession>,
}
