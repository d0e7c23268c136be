//! Views of tables: saved, changed, deleted.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::{AuditAction, SavedViewId};
use knock_ports::{Ledger, SavedView, StoreError};
use serde_json::json;

/// The maximum number of views of a workspace.
const MOST: usize = 200;

/// Saves a view, new or known.
#[derive(Clone, Debug)]
pub struct SaveView {
    /// The view; a known one keeps its creator and the instant of its creation.
    pub view: SavedView,
    /// Whether there has to be one with this id already.
    pub is_known: bool,
}

/// The outcome of saving a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewSaved {
    Saved(SavedView),
    Unknown,
    /// Another view of the table has this name.
    NameTaken,
    /// The workspace has the maximum number of views already.
    TooMany,
}

impl Change for SaveView {
    type Outcome = ViewSaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(ViewSaved, Option<Note>), StoreError> {
        let views = ledger.saved_views()?;
        let known = views.iter().find(|known| known.id == self.view.id);
        let is_same_name = |other: &&SavedView| {
            other.id != self.view.id
                && other.page == self.view.page
                && other.name.to_lowercase() == self.view.name.to_lowercase()
        };
        if known.is_none() && self.is_known {
            return Ok((ViewSaved::Unknown, None));
        }
        if views.iter().any(|other| is_same_name(&other)) {
            return Ok((ViewSaved::NameTaken, None));
        }
        if known.is_none() && views.len() >= MOST {
            return Ok((ViewSaved::TooMany, None));
        }
        let mut view = self.view.clone();
        if let Some(known) = known {
            (view.created_by, view.created_at) = (known.created_by.clone(), known.created_at);
        }
        ledger.save_view(&view)?;
        let after = json!({"page": view.page, "name": view.name, "query": view.query});
        let (action, before) = match known {
            Some(known) => {
                (AuditAction::ViewChanged, json!({"page": known.page, "name": known.name, "query": known.query}))
            }
            None => (AuditAction::ViewSaved, json!({})),
        };
        let note = Note::new(action, subject("view", view.id.to_string(), &view.name)).changed(before, after);
        Ok((ViewSaved::Saved(view), Some(note)))
    }
}

#[derive(Clone, Copy, Debug)]
pub struct DropView {
    pub id: SavedViewId,
}

impl Change for DropView {
    /// Whether there was one.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let views = ledger.saved_views()?;
        let Some(view) = views.into_iter().find(|view| view.id == self.id) else { return Ok((false, None)) };
        ledger.drop_view(self.id)?;
        Ok((true, Some(Note::new(AuditAction::ViewDeleted, subject("view", self.id.to_string(), view.name)))))
    }
}
