//! Views of lists, of the team and of a member: saved, changed, deleted.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::{AuditAction, RepId, SavedViewId};
use knock_ports::{Fields, Ledger, SavedView, StoreError};
use serde_json::{Value, json};

/// The maximum number of views of the team, and of one member.
const MOST: usize = 200;

/// Saves a view, new or known.
#[derive(Clone, Debug)]
pub struct SaveView {
    /// The view; a known one keeps its creator and the instant of its creation.
    pub view: SavedView,
    /// Whether there has to be one with this id already.
    pub is_known: bool,
    /// The member who saves it; none for a program.
    pub by: Option<RepId>,
}

/// The outcome of saving a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewSaved {
    Saved(SavedView),
    /// The member sees none with this id.
    Unknown,
    /// Another view of the page and the same owner has this name.
    NameTaken,
    /// The owner has the maximum number of views already.
    TooMany,
}

impl Change for SaveView {
    type Outcome = ViewSaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(ViewSaved, Option<Note>), StoreError> {
        let views = ledger.saved_views(self.by)?;
        let known = views.iter().find(|known| known.id == self.view.id);
        if known.is_none() && self.is_known {
            return Ok((ViewSaved::Unknown, None));
        }
        let mut others = views.iter().filter(|other| other.id != self.view.id && other.member == self.view.member);
        if others.clone().count() >= MOST {
            return Ok((ViewSaved::TooMany, None));
        }
        let name = self.view.name.to_lowercase();
        if others.any(|other| other.page == self.view.page && other.name.to_lowercase() == name) {
            return Ok((ViewSaved::NameTaken, None));
        }
        let mut view = self.view.clone();
        if let Some(known) = known {
            (view.created_by, view.created_at) = (known.created_by.clone(), known.created_at);
        }
        ledger.save_view(&view)?;
        let (action, before) = match known {
            Some(known) => (AuditAction::ViewChanged, shown(known)),
            None => (AuditAction::ViewSaved, json!({})),
        };
        let note = Note::new(action, subject("view", view.id.to_string(), &view.name)).changed(before, shown(&view));
        Ok((ViewSaved::Saved(view), Some(note)))
    }
}

#[derive(Clone, Copy, Debug)]
pub struct DropView {
    pub id: SavedViewId,
    /// The member who deletes it; none for a program.
    pub by: Option<RepId>,
}

impl Change for DropView {
    /// Whether the member sees one.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let views = ledger.saved_views(self.by)?;
        let Some(view) = views.into_iter().find(|view| view.id == self.id) else { return Ok((false, None)) };
        ledger.drop_view(self.id)?;
        Ok((true, Some(Note::new(AuditAction::ViewDeleted, subject("view", self.id.to_string(), view.name)))))
    }
}

/// The part that the audit log shows; the query of a member's own view is private.
fn shown(view: &SavedView) -> Value {
    let mut shown = Fields::new();
    shown.insert("page".into(), json!(view.page));
    shown.insert("name".into(), json!(view.name));
    shown.insert("is_personal".into(), json!(view.member.is_some()));
    if view.member.is_none() {
        shown.insert("query".into(), json!(view.query));
    }
    Value::Object(shown)
}
