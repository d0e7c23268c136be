//! Saves what the team aims at in reports.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::AuditAction;
use knock_ports::{Ledger, StoreError};
use knock_wire::ReportGoals;
use serde_json::json;

/// Changes all goals.
#[derive(Clone, Debug)]
pub struct SaveReportGoals {
    /// All goals, validated.
    pub goals: ReportGoals,
}

impl Change for SaveReportGoals {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.report_goals()?;
        if before == self.goals {
            return Ok(((), None));
        }
        ledger.save_report_goals(&self.goals)?;
        let note = Note::new(AuditAction::ReportGoalsChanged, subject("workspace", "", ""));
        Ok(((), Some(note.changed(json!(before), json!(self.goals)))))
    }
}
