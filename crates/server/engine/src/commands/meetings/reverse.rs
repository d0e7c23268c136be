//! The correction of a meeting lead refused as spam, by a person (2.3): the refused address becomes that of the lead, so that
//! the correction holds for it in every browser.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::commands::append_signals::AppendSignals;
use crate::commands::identify::FreshIds;
use crate::commands::meeting_status::MeetingFlow;
use crate::writer::Command;
use knock_intent::strength;
use knock_model::{AuditAction, Category, Email, LeadId, Millis, SessionId, SignalId, SignalType, Trust};
use knock_ports::{Detail, Ledger, NewSignal, StoreError};
use knock_status::meeting::Event;
use serde_json::json;

/// Reverses the spam verdict about the address of a meeting lead.
#[derive(Clone, Copy, Debug)]
pub struct ReverseMeetingSpam {
    pub lead: LeadId,
    /// Ids for the fact and for the `identify` signal.
    pub ids: [SignalId; 2],
    /// An id for the session of that signal.
    pub session: SessionId,
    /// Ids for a person and a company not known yet.
    pub fresh: FreshIds,
    pub now: Millis,
}

impl Change for ReverseMeetingSpam {
    /// Whether the lead was marked as spam.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let known = ledger.meeting_lead(self.lead)?;
        let Some(known) = known.filter(|known| known.is_spam) else { return Ok((false, None)) };
        let mut flow = MeetingFlow::load(ledger, self.lead, self.now)?;
        flow.add(self.ids[0], Event::SpamReversed);
        flow.apply(ledger, changes)?;
        self.introduce(ledger, &known.refused_email, changes)?;
        let note = Note::new(AuditAction::LeadUnmarkedSpam, subject("lead", self.lead.to_string(), ""));
        Ok((true, Some(note.with(json!({ "email": known.refused_email })))))
    }
}

impl ReverseMeetingSpam {
    /// Identifies the lead by the address that was refused, in the browser that gave it.
    fn introduce(&self, ledger: &mut dyn Ledger, email: &str, changes: &mut Changes) -> Result<(), StoreError> {
        let browser = ledger.claims_of(self.lead)?.pop();
        let (Some((site, visitor, _)), Ok(email)) = (browser, Email::parse(email)) else { return Ok(()) };
        let detail =
            Detail { rule: "booking".into(), email: email.to_text(), trust: Some(Trust::Claimed), ..Detail::default() };
        let signal = NewSignal {
            id: self.ids[1],
            session: self.session,
            kind: SignalType::Identify,
            at: self.now,
            received_at: self.now,
            clamped: false,
            category: Category::Home,
            strength: strength(SignalType::Identify),
            seq: None,
            view: None,
            detail: detail.into(),
        };
        let (received_at, signals, fresh) = (self.now, vec![signal], vec![self.fresh]);
        AppendSignals { site, visitor, received_at, signals, fresh }.run(ledger, changes).map(drop)
    }
}
