//! The meeting flow of a lead: the facts so far, and the changes of a command (the machine of Meeting Status).

use super::reminders::set_reminder_timer;
use super::settings::{minutes, settings};
use crate::commands::crm_change::{Cause, changed};
use crate::commands::fold::{Touched, fold};
use crate::notice::Notice;
use knock_model::{LeadId, Millis, SignalId};
use knock_ports::{Ledger, MeetingFact, MeetingLead, StoreError, Subject, View};
use knock_routing::{Field, Value};
use knock_status::meeting::{Derived, Event, MeetingStatus, derive};
use knock_status::{Fact, Source};

/// The meetings of a lead as a command finds them: loaded once, decided on, applied.
pub(in crate::commands) struct MeetingFlow {
    lead: LeadId,
    now: Millis,
    /// In order of delivery.
    facts: Vec<MeetingFact>,
    /// The number of facts stored before.
    known: usize,
    /// The silence after which a qualified lead has gone away (R14).
    dropoff: Millis,
}

impl MeetingFlow {
    /// Reads all that decides about a lead's Meeting Status.
    pub(in crate::commands) fn load(view: &dyn View, lead: LeadId, now: Millis) -> Result<MeetingFlow, StoreError> {
        let facts = view.meeting_facts(lead)?;
        Ok(MeetingFlow { lead, now, known: facts.len(), facts, dropoff: minutes(settings(view)?.dropoff_min) })
    }

    /// Adds an event of now. An id that is stored already adds nothing.
    pub(in crate::commands) fn add(&mut self, id: SignalId, what: Event) {
        if self.facts.iter().all(|known| known.id != id) {
            self.facts.push(Fact { id, at: self.now, received_at: self.now, source: Source::Server, what });
        }
    }

    /// Whether nothing ever happened.
    pub(in crate::commands) fn is_untouched(&self) -> bool {
        self.facts.is_empty()
    }

    /// Status and fields by now.
    pub(in crate::commands) fn derived(&self) -> Derived {
        // A command that waited its turn must not forget what was recorded meanwhile.
        let now = self.facts.iter().map(|fact| fact.received_at).fold(self.now, Ord::max);
        derive(&self.facts, now, self.dropoff)
    }

    /// Stores what happened, with status and timer, and hides or shows the lead.
    pub(in crate::commands) fn apply(
        self,
        ledger: &mut dyn Ledger,
        notices: &mut Vec<Notice>,
    ) -> Result<Derived, StoreError> {
        for fact in &self.facts[self.known..] {
            ledger.append_meeting_fact(self.lead, fact)?;
        }
        let derived = self.derived();
        let before = ledger.meeting_lead(self.lead)?.map(|known| known.status);
        self.keep(ledger, &derived)?;
        let is_other = derived.status.is_some_and(|status| before.as_deref() != Some(status.as_str()));
        if is_other || self.facts.len() > self.known {
            changed(ledger, self.lead, Cause::Meeting, self.now, notices)?;
        }
        if derived.status.is_some() {
            notices.extend([Notice::Lead(self.lead), Notice::Timer]);
            show(ledger, self.lead, self.now, notices)?;
        }
        Ok(derived)
    }

    /// Stores what lists and the clock worker need.
    fn keep(&self, ledger: &mut dyn Ledger, derived: &Derived) -> Result<(), StoreError> {
        let lead = self.lead;
        ledger.set_timer(Subject::MeetingStatus(lead), derived.next_change_at)?;
        let Some(status) = derived.status else { return Ok(()) };
        let refused_email = match status {
            MeetingStatus::Spam | MeetingStatus::Unqualified => judged_email(ledger, lead)?,
            _ => String::new(),
        };
        let active_at = self.facts.iter().map(Fact::effective_at).max().unwrap_or(self.now);
        let (is_spam, status) = (!derived.in_reports, status.as_str().to_owned());
        ledger.save_meeting_lead(&MeetingLead { lead, status, is_spam, active_at, refused_email })
    }
}

/// The address of which the last decision was.
fn judged_email(view: &dyn View, lead: LeadId) -> Result<String, StoreError> {
    let last = view.last_meeting_decision(lead)?;
    let field = Field::parse("email").map_err(|error| StoreError::Broken(error.to_string()))?;
    let email = last.and_then(|last| last.fields.get(&field).and_then(Value::as_text).map(str::to_owned));
    Ok(email.unwrap_or_default())
}

/// Stores the state derived from the facts about a lead's meetings, and sends no notifications.
pub(in crate::commands) fn rebuild(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let flow = MeetingFlow::load(ledger, lead, now)?;
    if flow.is_untouched() {
        return Ok(());
    }
    flow.keep(ledger, &flow.derived())?;
    set_reminder_timer(ledger, lead, now, notices)
}

/// Whether chat or meetings of a lead mark it as spam.
pub(in crate::commands) fn is_spam(view: &dyn View, lead: LeadId) -> Result<bool, StoreError> {
    let by_chat = view.chat_summary(lead)?.is_some_and(|chat| chat.is_spam);
    Ok(by_chat || view.meeting_lead(lead)?.is_some_and(|known| known.is_spam))
}

/// Marked as spam by its chat or its meetings, a lead is out of every view and count, and so is what it adds to its company
/// (MS-03, MS-08).
pub(in crate::commands) fn show(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let is_spam = is_spam(ledger, lead)?;
    let Some(mut lead) = ledger.lead(lead)?.filter(|lead| lead.is_spam != is_spam) else { return Ok(()) };
    lead.is_spam = is_spam;
    ledger.save_lead(&lead)?;
    let mut touched = Touched::default();
    touched.refold(lead.id);
    if !is_spam {
        // No events of them were sent meanwhile.
        touched.introduced(lead.id);
    }
    fold(ledger, &touched, now, notices)
}

/// Brings the Meeting Status of a lead up to `now`: each step carries the instant at which it was due.
pub(in crate::commands) fn settle(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<Derived, StoreError> {
    MeetingFlow::load(ledger, lead, now)?.apply(ledger, notices)
}
