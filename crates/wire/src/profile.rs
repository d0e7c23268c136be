//! `/api/v1/profile`: the name, the title and the picture of a member, which visitors and the team see.

use knock_model::PictureId;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/profile`: one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// The e-mail address; visitors never see it.
    pub email: String,
    /// The name; empty until one is set, and visitors read the word for team in their language.
    pub name: String,
    /// The title, such as `Account executive`; may be empty.
    pub title: String,
    /// The address of the picture on this server; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
}

/// `PUT /api/v1/profile`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfileDraft {
    /// The name, at most 60 characters, no e-mail address; empty for none.
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub name: String,
    /// The title, at most 60 characters; empty for none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub title: String,
}

/// The path of a picture on the server; empty for none. A picture never changes under its path.
pub fn picture_path(picture: Option<PictureId>) -> String {
    picture.map_or_else(String::new, |id| format!("/v1/pictures/{id}"))
}
