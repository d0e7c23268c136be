//! Saves the reasons that are offered when a lead is rejected.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::AuditAction;
use knock_ports::{Ledger, StoreError};
use knock_wire::RejectReasons;
use serde_json::json;

/// Changes the offered reasons. Leads that were rejected keep theirs.
#[derive(Clone, Debug)]
pub struct SaveRejectReasons {
    /// All reasons, validated.
    pub reasons: RejectReasons,
}

impl Change for SaveRejectReasons {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.reject_reasons()?;
        if before == self.reasons {
            return Ok(((), None));
        }
        ledger.save_reject_reasons(&self.reasons)?;
        let note = Note::new(AuditAction::RejectReasonsChanged, subject("workspace", "", ""));
        Ok(((), Some(note.changed(json!(before), json!(self.reasons)))))
    }
}
