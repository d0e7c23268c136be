//! Saves the settings of meetings.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::AuditAction;
use knock_ports::{Ledger, StoreError};
use knock_wire::MeetingSettings;
use serde_json::json;

/// Changes the settings of meetings; booked meetings stay as they are.
#[derive(Clone, Debug)]
pub struct SaveMeetingSettings {
    pub settings: MeetingSettings,
}

impl Change for SaveMeetingSettings {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.meeting_settings()?;
        if before == self.settings {
            return Ok(((), None));
        }
        ledger.save_meeting_settings(&self.settings)?;
        let note = Note::new(AuditAction::MeetingSettingsChanged, subject("workspace", "", ""));
        Ok(((), Some(note.changed(json!(before), json!(self.settings)))))
    }
}
