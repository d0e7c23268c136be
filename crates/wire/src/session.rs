//! `/api/v1/session`: signing in to the dashboard.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use crate::{RawSecret, RoleWord};
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionStart {
    /// The token of a one-time sign-in link.
    pub token: RawSecret,
}

/// `POST /api/v1/session/link`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkAsk {
    /// The address of a member.
    pub email: String,
}

/// The answer, the same for addresses of members and others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkAnswer {
    /// Whether this server sends mail at all.
    pub is_mail_set_up: bool,
}

/// `GET /api/v1/session`: who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionState {
    /// The e-mail address of the member.
    pub email: String,
    /// The name of the member; empty until they have set one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// `admin`, `manager` or `rep`.
    pub role: RoleWord,
    /// The server's clock, in ms since 1970: the page reckons "ago" by it.
    pub now: i64,
    /// The state of the storage if it needs attention: `low` from four fifths on, `full` when signals are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<String>,
    /// Whether this is a copy of a workspace, from which nothing is sent before an admin releases it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_held: bool,
    /// Whether the demo site is in use.
    #[serde(default, skip_serializing_if = "is_false")]
    pub has_demo: bool,
    /// What this server does not deliver at the moment, for admins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deliveries: Vec<DeliveryTrouble>,
    /// Whether to offer setting a password: once, after an invited member has signed in by a link, if passwords are a
    /// sign-in method.
    #[serde(default, skip_serializing_if = "is_false")]
    pub offers_password: bool,
}

/// A kind of destination that gets nothing, or not everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryTrouble {
    /// `webhook`, `mail`, `push`, `calendar`, `hubspot` or `slack`.
    pub destination: String,
    /// The instant of the oldest delivery that waits, if it has waited for more than 15 minutes, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<MillisSchema>))]
    pub late_since: Option<Millis>,
    /// Whether the server itself failed at a delivery: its log says where.
    #[serde(default, skip_serializing_if = "is_false")]
    pub has_panicked: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}
