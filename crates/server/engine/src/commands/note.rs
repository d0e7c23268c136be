//! Entries of the audit log for actions outside of commands.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::{AuditAction, LeadId};
use knock_ports::{Fields, Ledger, StoreError};
use serde_json::{Value, json};

/// An action on the whole workspace: a backup, a rebuild.
#[derive(Clone, Debug)]
pub struct NoteDone {
    pub action: AuditAction,
    pub result: Fields,
}

impl Change for NoteDone {
    type Outcome = ();

    fn make(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let note = Note::new(self.action, subject("workspace", "", ""));
        Ok(((), Some(note.with(Value::Object(self.result.clone())))))
    }
}

/// An export of all data of a person.
#[derive(Clone, Copy, Debug)]
pub struct NoteExport {
    pub lead: LeadId,
}

impl Change for NoteExport {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let lead = ledger.lead(self.lead)?;
        let note = lead.map(|lead| {
            let email = lead.email.map(|email| email.to_text()).unwrap_or_default();
            let note = Note::new(AuditAction::PersonExported, subject("person", lead.id.to_string(), email));
            note.with(json!({})).about(lead.id)
        });
        Ok(((), note))
    }
}
