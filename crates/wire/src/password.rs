//! Signing in by a password, and a member's own password.

use crate::RawSecret;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/session/methods`: how members sign in here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInMethods {
    /// By a link that is mailed to them.
    #[serde(default)]
    pub mail: bool,
    /// By address and password.
    #[serde(default)]
    pub password: bool,
}

/// `POST /api/v1/session/password`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordSignIn {
    /// The address of a member.
    pub email: String,
    /// The member's password.
    pub password: RawSecret,
}

/// `GET /api/v1/password`: one's own password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordState {
    /// Whether there is one.
    pub is_set: bool,
    /// Whether members sign in by passwords here.
    pub signs_in: bool,
}

/// `PUT /api/v1/password`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordDraft {
    /// The password so far; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<RawSecret>,
    /// The password from now on, 12 to 256 characters.
    pub password: RawSecret,
}

/// `POST /api/v1/password/remove`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordRemoval {
    /// The password.
    pub current: RawSecret,
}
