//! The conference that the provider of the owner's calendar makes for a meeting.

use super::title::word;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Location, MeetingId, Millis};
use knock_ports::{Ledger, Meeting, StoreError};

/// Stores the address of a meeting's conference, which becomes its location where it has no other one.
#[derive(Clone, Debug)]
pub struct NoteConference {
    pub meeting: MeetingId,
    /// The sequence of the meeting whose event was asked for it.
    pub sequence: u32,
    pub conference: Location,
    pub now: Millis,
}

impl Command for NoteConference {
    /// False where the meeting has changed since, or has it already.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let known = ledger.meeting(self.meeting)?;
        let is_current = |known: &Meeting| known.sequence == self.sequence && known.is_upcoming(self.now);
        let Some(known) = known.filter(is_current) else { return Ok(false) };
        if known.details.conference == self.conference {
            return Ok(false);
        }
        let mut meeting = known.clone();
        meeting.details.conference = self.conference.clone();
        word(ledger, &mut meeting)?;
        if meeting.details.location != known.details.location {
            // Another location is another version of the invitation.
            (meeting.sequence, meeting.updated_at) = (known.sequence + 1, self.now);
        }
        ledger.save_meeting(&meeting)?;
        changes.push(Notice::Lead(meeting.lead));
        changes.happened(self.now, Happened::ConferenceKnown { meeting: Box::new(meeting) });
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
