//! The correction of a meeting lead refused as spam, by a person (2.3).

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::commands::meeting_status::MeetingFlow;
use knock_model::{AuditAction, LeadId, Millis, SignalId};
use knock_ports::{Ledger, StoreError};
use knock_status::meeting::Event;
use serde_json::json;

/// Reverses the spam verdict about the address of a meeting lead.
#[derive(Clone, Copy, Debug)]
pub struct ReverseMeetingSpam {
    pub lead: LeadId,
    /// An id for the fact.
    pub id: SignalId,
    pub now: Millis,
}

impl Change for ReverseMeetingSpam {
    /// Whether the lead was marked as spam.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let known = ledger.meeting_lead(self.lead)?;
        let Some(known) = known.filter(|known| known.is_spam) else { return Ok((false, None)) };
        let mut flow = MeetingFlow::load(ledger, self.lead, self.now)?;
        flow.add(self.id, Event::SpamReversed);
        flow.apply(ledger, changes)?;
        let note = Note::new(AuditAction::LeadUnmarkedSpam, subject("lead", self.lead.to_string(), ""));
        Ok((true, Some(note.with(json!({ "email": known.refused_email })))))
    }
}
