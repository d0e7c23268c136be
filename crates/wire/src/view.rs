//! `/api/v1/views`: views of lists that members saved.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, SavedViewIdSchema};
use knock_model::{Millis, SavedViewId};
use serde::{Deserialize, Serialize};

/// A view of a list, for everybody on the team or for the member who saved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// Its id.
    pub id: SavedViewId,
    /// The page: `contacts` or `inbox`.
    pub page: String,
    /// Its name.
    pub name: String,
    /// The query of the page's address: filters, order and columns; of the inbox, the view, filters and order.
    pub query: String,
    /// The address of the member who saved it.
    #[serde(default)]
    pub created_by: String,
    /// The instant, in ms since 1970.
    pub created_at: Millis,
    /// Whether only the member who saved it sees it.
    #[serde(default)]
    pub is_personal: bool,
}

/// The data to save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SavedViewDraft {
    /// The page: `contacts` or `inbox`.
    pub page: String,
    /// The name, 1 to 80 characters, unique among the team's views of this page, or among the member's own.
    pub name: String,
    /// The query of the page's address, at most 4,000 bytes.
    pub query: String,
    /// Whether only the calling member sees it; false for the whole team. An API key has none of its own.
    #[serde(default)]
    pub is_personal: bool,
}

/// `GET /api/v1/views`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedViewList {
    /// By page and name.
    pub views: Vec<SavedView>,
}
