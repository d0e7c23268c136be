//! Views of lists that members saved. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{Millis, RepId, SavedViewId};

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    pub id: SavedViewId,
    /// The member who alone sees it; none for those of the team.
    pub member: Option<RepId>,
    /// The page of the list.
    pub page: String,
    /// The name that it was given.
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
    /// Returns the views of the team, and those of a member if one is given, by page and name.
    fn saved_views(&self, of: Option<RepId>) -> Result<Vec<SavedView>, StoreError>;
}
