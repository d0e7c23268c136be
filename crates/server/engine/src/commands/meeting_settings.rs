//! Saves the settings of meetings.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::happened::Happened;
use knock_model::{AuditAction, Millis};
use knock_ports::{Ledger, StoreError};
use knock_wire::MeetingSettings;
use serde_json::json;

/// Changes the settings of meetings; booked meetings stay as they are.
#[derive(Clone, Debug)]
pub struct SaveMeetingSettings {
    pub settings: MeetingSettings,
    pub now: Millis,
}

impl Change for SaveMeetingSettings {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.meeting_settings()?;
        if before == self.settings {
            return Ok(((), None));
        }
        ledger.save_meeting_settings(&self.settings)?;
        if before.holidays != self.settings.holidays {
            changes.happened(self.now, Happened::TeamChanged);
        }
        let note = Note::new(AuditAction::MeetingSettingsChanged, subject("workspace", "", ""));
        Ok(((), Some(note.changed(json!(before), json!(self.settings)))))
    }
}
