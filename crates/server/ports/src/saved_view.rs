//! Views of tables that members saved. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{Millis, SavedViewId};

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    pub id: SavedViewId,
    /// The page of the table.
    pub page: String,
    /// The name that the team gave it.
    pub name: String,
    /// The query of the page's address.
    pub query: String,
    /// The address of the member who saved it, or the name of an API key.
    pub created_by: String,
    pub created_at: Millis,
}

/// Writing saved views.
pub trait SavedViewLedger {
    /// Stores a view, new or known.
    fn save_view(&mut self, view: &SavedView) -> Result<(), StoreError>;

    /// Deletes a view; false if there is none.
    fn drop_view(&mut self, id: SavedViewId) -> Result<bool, StoreError>;
}

/// Reading saved views.
pub trait SavedViewView {
    /// All views, by table and name.
    fn saved_views(&self) -> Result<Vec<SavedView>, StoreError>;
}
