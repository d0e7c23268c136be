//! `/api/v1/views`: views of tables that members saved.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, SavedViewIdSchema};
use knock_model::{Millis, SavedViewId};
use serde::{Deserialize, Serialize};

/// A view of a table, for everybody on the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// Its id.
    pub id: SavedViewId,
    /// The table: `contacts`.
    pub page: String,
    /// The name for the team.
    pub name: String,
    /// The query of the page's address: filters, order and columns.
    pub query: String,
    /// The address of the member who saved it.
    #[serde(default)]
    pub created_by: String,
    /// The instant, in ms since 1970.
    pub created_at: Millis,
}

/// The data to save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SavedViewDraft {
    /// The table: `contacts`.
    pub page: String,
    /// The name, 1 to 80 characters, unique among the views of this table.
    pub name: String,
    /// The query of the page's address, at most 4,000 bytes.
    pub query: String,
}

/// `GET /api/v1/views`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedViewList {
    /// By table and name.
    pub views: Vec<SavedView>,
}
