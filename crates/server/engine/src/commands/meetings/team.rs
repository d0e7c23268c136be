//! Changes of a meeting with an entry in the audit log: those of the team, and those of reps in their own calendars.

use super::change::{ChangeMeeting, Changed, MeetingChange};
use crate::audited::{self, Note};
use crate::changes::Changes;
use crate::writer::Command;
use knock_model::{AuditAction, MeetingState};
use knock_ports::{Ledger, Meeting, StoreError};
use serde_json::json;

/// A change of a meeting by a member of the team, with an entry in the audit log.
#[derive(Clone, Debug)]
pub struct TeamMeetingChange(pub ChangeMeeting);

impl audited::Change for TeamMeetingChange {
    type Outcome = Changed;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(Changed, Option<Note>), StoreError> {
        let is_answer = matches!(self.0.change, MeetingChange::ApplyCalendar | MeetingChange::UndoCalendar);
        self.0.noted(ledger, is_answer, changes)
    }
}

impl ChangeMeeting {
    /// Makes the change; the note is its entry, which says where it was made if that was in a calendar.
    pub(super) fn noted(
        &self,
        ledger: &mut dyn Ledger,
        is_in_calendar: bool,
        changes: &mut Changes,
    ) -> Result<(Changed, Option<Note>), StoreError> {
        let before = ledger.meeting(self.meeting)?;
        let changed = self.run(ledger, changes)?;
        let Changed::Done(meeting) = &changed else { return Ok((changed, None)) };
        if before.as_ref() == Some(&**meeting) {
            return Ok((changed, None));
        }
        let mut after = json!({
            "what": self.word(meeting),
            "start": [before.map(|before| before.start.0), Some(meeting.start.0)],
        });
        if is_in_calendar {
            after["in"] = "calendar".into();
        }
        let about = audited::subject("meeting", meeting.id.to_string(), &*meeting.details.title);
        let note = Note::new(AuditAction::MeetingChanged, about).about(meeting.lead).with(after);
        Ok((changed, Some(note)))
    }

    /// What became of the meeting, in a word.
    fn word(&self, after: &Meeting) -> &'static str {
        match &self.change {
            MeetingChange::ApplyCalendar if after.state == MeetingState::Cancelled => "cancelled",
            MeetingChange::Move(_) | MeetingChange::Retime(_) | MeetingChange::ApplyCalendar => "moved",
            MeetingChange::Cancel { .. } => "cancelled",
            MeetingChange::Reassign(_) => "reassigned",
            MeetingChange::Outcome(Some(true)) => "took_place",
            MeetingChange::Outcome(Some(false)) => "no_show",
            MeetingChange::Outcome(None) => "outcome_removed",
            MeetingChange::UndoCalendar => "put_back",
        }
    }
}
