//! The meeting flow of a lead: the facts so far, and the changes of a command (the machine of Meeting Status).

use super::reminders::set_reminder_timer;
use super::settings::{minutes, settings};
use crate::changes::Changes;
use crate::commands::fold::{Touched, fold};
use crate::happened::{Happened, MeetingStatusChanged};
use crate::notice::Notice;
use crate::report_record::meeting_record;
use knock_model::{Email, LeadId, Millis, SignalId};
use knock_ports::{Ledger, MeetingFact, MeetingLead, StoreError, Subject, View};
use knock_routing::{Field, Value};
use knock_status::meeting::{Derived, Event, MeetingStatus, Verdict, derive};
use knock_status::{Fact, Source};

/// The meetings of a lead within a command: loaded once, decided on, applied.
pub(in crate::commands) struct MeetingFlow {
    lead: LeadId,
    now: Millis,
    /// The facts, in order of delivery.
    facts: Vec<MeetingFact>,
    /// The number of facts stored before.
    known: usize,
    /// The time without activity after which a qualified lead has dropped off (R14).
    dropoff: Millis,
    /// The status in the last event; none before the first.
    last_sent: Option<String>,
}

impl MeetingFlow {
    /// Reads all inputs of a lead's Meeting Status.
    pub(in crate::commands) fn load(view: &dyn View, lead: LeadId, now: Millis) -> Result<MeetingFlow, StoreError> {
        let (facts, dropoff) = (view.meeting_facts(lead)?, minutes(settings(view)?.dropoff_min));
        let last_sent = view.meeting_lead(lead)?.map(|known| known.status);
        Ok(MeetingFlow { lead, now, known: facts.len(), facts, dropoff, last_sent })
    }

    /// Adds an event of now. An id that is stored already adds nothing.
    pub(in crate::commands) fn add(&mut self, id: SignalId, what: Event) {
        if self.facts.iter().all(|known| known.id != id) {
            self.facts.push(Fact { id, at: self.now, received_at: self.now, source: Source::Server, what });
        }
    }

    /// Whether the lead has no facts about meetings.
    pub(in crate::commands) fn is_untouched(&self) -> bool {
        self.facts.is_empty()
    }

    /// Returns the address that was refused as spam last, also once a member has taken that back.
    pub(in crate::commands) fn refused_address(&self, view: &dyn View) -> Result<Option<Email>, StoreError> {
        let is_refused = |fact: &MeetingFact| fact.what == Event::EmailSubmitted(Verdict::Spam);
        if !self.facts.iter().any(is_refused) {
            return Ok(None);
        }
        Ok(Email::parse(&judged_email(view, self.lead)?).ok())
    }

    /// Returns the status and the fields as of now.
    pub(in crate::commands) fn derived(&self) -> Derived {
        derive(&self.facts, self.as_of(), self.dropoff)
    }

    /// The instant up to which facts count: a command that waited in the queue must not ignore those recorded in the
    /// meantime.
    fn as_of(&self) -> Millis {
        self.facts.iter().map(|fact| fact.received_at).fold(self.now, Ord::max)
    }

    /// Stores the new facts, the status and the timer, and hides or shows the lead.
    pub(in crate::commands) fn apply(
        self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<Derived, StoreError> {
        for fact in &self.facts[self.known..] {
            ledger.append_meeting_fact(self.lead, fact)?;
        }
        let derived = self.derived();
        self.keep(ledger, &derived)?;
        let is_other = derived.status.is_some_and(|status| self.last_sent.as_deref() != Some(status.as_str()));
        if is_other || self.facts.len() > self.known {
            changes.happened(self.now, Happened::MeetingStatus { lead: self.lead });
        }
        if is_other {
            let changed = MeetingStatusChanged { lead: self.lead, previous: self.last_sent, derived: derived.clone() };
            changes.happened(self.now, Happened::MeetingStatusChanged(Box::new(changed)));
        }
        if derived.status.is_some() {
            changes.extend([Notice::Lead(self.lead), Notice::Timer]);
            show(ledger, self.lead, self.now, changes)?;
        }
        Ok(derived)
    }

    /// Stores the row for lists and the timer for the clock worker.
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
        let course = meeting_record(&self.facts, derived, self.as_of()).pack();
        ledger.save_meeting_lead(&MeetingLead { lead, status, is_spam, active_at, refused_email, course })
    }
}

/// Returns the address of the last decision.
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
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let flow = MeetingFlow::load(ledger, lead, now)?;
    if flow.is_untouched() {
        return Ok(());
    }
    flow.keep(ledger, &flow.derived())?;
    set_reminder_timer(ledger, lead, now, changes)
}

/// Whether chat or meetings of a lead mark it as spam.
pub(in crate::commands) fn is_spam(view: &dyn View, lead: LeadId) -> Result<bool, StoreError> {
    let by_chat = view.chat_summary(lead)?.is_some_and(|chat| chat.is_spam);
    Ok(by_chat || view.meeting_lead(lead)?.is_some_and(|known| known.is_spam))
}

/// Hides or shows a lead: marked as spam by its chat or its meetings, it is out of every view and count, and so is its
/// part of its company (MS-03, MS-08).
pub(in crate::commands) fn show(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let is_spam = is_spam(ledger, lead)?;
    let Some(mut lead) = ledger.lead(lead)?.filter(|lead| lead.is_spam != is_spam) else { return Ok(()) };
    lead.is_spam = is_spam;
    ledger.save_lead(&lead)?;
    let mut touched = Touched::default();
    touched.refold(lead.id);
    if !is_spam {
        // No events about the lead were sent in the meantime.
        touched.introduced(lead.id);
    }
    fold(ledger, &touched, now, changes)
}

/// Brings the Meeting Status of a lead up to `now`: each step carries the instant at which it was due.
pub(in crate::commands) fn settle(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<Derived, StoreError> {
    MeetingFlow::load(ledger, lead, now)?.apply(ledger, changes)
}

/// The same, with `last_sent` as the status in the last event.
pub(in crate::commands) fn settle_after(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    last_sent: Option<String>,
    now: Millis,
    changes: &mut Changes,
) -> Result<Derived, StoreError> {
    MeetingFlow { last_sent, ..MeetingFlow::load(ledger, lead, now)? }.apply(ledger, changes)
}
