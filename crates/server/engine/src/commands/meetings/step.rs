//! The e-mail step: the person of the address, the decision of the rules, and the facts of both.

use super::basis::Basis;
use super::busy::BusyTimes;
use super::routed::{Offered, Wanted, address};
use crate::changes::Changes;
use crate::commands::arrival::Arrival;
use crate::commands::enrichment::keep_enrichment;
use crate::commands::meeting_status::MeetingFlow;
use crate::contact_details::Said;
use crate::custom_fields::keep;
use crate::first_touch::keep_first_touch;
use knock_model::{
    Answer, CustomFieldSource, DetailSource, Email, LeadId, PersonName, RepId, SignalId, SignalType, Trust,
};
use knock_ports::{Detail, Enrichment, Ledger, StoreError, View};
use knock_routing::{CalendarMode, Value};
use knock_status::meeting::{Event, Verdict};
use knock_wire::CustomField;

/// An address given for a meeting.
#[derive(Clone, Debug)]
pub struct EmailStep {
    /// The browser and the link. The click is recorded at the opening of the booking, not here.
    pub arrival: Arrival,
    pub email: Email,
    /// The name, where it was given with it.
    pub name: PersonName,
    /// The answers to the questions of the link, by the field that each fills.
    pub answers: Vec<(String, Answer)>,
    /// The member whose own calendar was offered by a card.
    pub calendar_of: Option<RepId>,
    /// The latest result of an enrichment provider for it.
    pub enriched: Option<Enrichment>,
    /// Ids for the `identify` signal, the verdict and the decision.
    pub ids: [SignalId; 3],
}

impl EmailStep {
    /// The state that the decision of the command depends on.
    pub(super) fn basis<'b>(&self, view: &dyn View, busy: &'b BusyTimes) -> Result<Basis<'b>, StoreError> {
        Basis::load(view, busy, self.arrival.now, Some(self.arrival.visitor), None)
    }

    /// Records the address with its verdict, and the decision unless it equals the last one of this lead; returns the
    /// lead and the offer.
    pub(super) fn take(
        &self,
        ledger: &mut dyn Ledger,
        basis: &Basis<'_>,
        changes: &mut Changes,
    ) -> Result<(LeadId, Offered), StoreError> {
        let now = self.arrival.now;
        let lead = self.arrival.lead(ledger, None, changes)?;
        let first = self.wanted(Some(lead)).offered_by(ledger, basis, now, None)?;
        // A spam address makes no contact.
        let lead = match first.verdict() {
            Verdict::Spam => lead,
            Verdict::Ok | Verdict::Unqualified(_) => self.introduce(ledger, lead, changes)?,
        };
        if first.verdict() != Verdict::Spam {
            self.keep_answers(ledger, lead, changes)?;
        }
        if let Some(said) = &self.enriched {
            keep_enrichment(ledger, &self.email, said, changes)?;
        }
        let offered = self.offered(ledger, basis, lead)?;
        if is_news(ledger, lead, &offered)? {
            ledger.append_decision(&offered.decided(self.ids[2], lead, &self.arrival.link, now))?;
            keep_first_touch(ledger, lead)?;
        }
        let mut flow = MeetingFlow::load(ledger, lead, now)?;
        flow.add(self.ids[1], Event::EmailSubmitted(offered.verdict()));
        flow.apply(ledger, changes)?;
        Ok((lead, offered))
    }

    /// The offer to a lead. Round robin names the first rep who has a free slot (SC-09), not the one whose turn it
    /// nominally is.
    fn offered(&self, view: &dyn View, basis: &Basis<'_>, lead: LeadId) -> Result<Offered, StoreError> {
        let (wanted, now) = (self.wanted(Some(lead)), self.arrival.now);
        let offered = wanted.offered_by(view, basis, now, None)?;
        match offered.slots.first().filter(|_| offered.mode == CalendarMode::RoundRobin) {
            Some(slot) => wanted.offered_by(view, basis, now, Some(&slot.reps)),
            None => Ok(offered),
        }
    }

    pub(super) fn wanted(&self, lead: Option<LeadId>) -> Wanted {
        let Arrival { link, site, visitor, session, .. } = self.arrival.clone();
        let (visitor, session, email) = (Some(visitor), Some(session), Some(self.email.clone()));
        let (calendar_of, answers) = (self.calendar_of, self.answers.clone());
        Wanted { link, site, visitor, session, lead, email, calendar_of, answers }
    }

    /// Stores the answers of the lead that are details of theirs or belong to custom fields.
    fn keep_answers(&self, ledger: &mut dyn Ledger, lead: LeadId, changes: &mut Changes) -> Result<(), StoreError> {
        let of = (self.ids[2], lead, self.arrival.now);
        let said = Said::in_booking(self.answers.iter().map(|(field, answer)| (&**field, &**answer)));
        said.learn(ledger, of, DetailSource::Booking, changes)?;
        let answered = |field: &CustomField| {
            let named = field.form_field.as_ref().unwrap_or(&field.name);
            let (_, answer) = self.answers.iter().find(|(name, _)| name == named)?;
            Some(Value::text(answer))
        };
        keep(ledger, of, CustomFieldSource::Form, answered)
    }

    /// Identifies the lead by the address: the browser may be that of a known contact.
    fn introduce(&self, ledger: &mut dyn Ledger, lead: LeadId, changes: &mut Changes) -> Result<LeadId, StoreError> {
        let known = ledger.lead(lead)?;
        let is_known = known.is_some_and(|known| {
            known.email.as_ref() == Some(&self.email) && (self.name.is_empty() || known.name == self.name)
        });
        if !is_known {
            let (rule, trust, person) = ("booking".into(), Some(Trust::Claimed), self.name.clone());
            let detail = Detail { rule, email: self.email.to_text(), trust, person, ..Detail::default() };
            let signal = self.arrival.signal(self.ids[0], SignalType::Identify, detail);
            self.arrival.append(ledger, signal, vec![self.arrival.fresh], changes)?;
        }
        Ok(ledger.lead_by_email(&self.email)?.map_or(lead, |found| found.id))
    }
}

/// Whether the decision differs from the last one about this lead.
fn is_news(view: &dyn View, lead: LeadId, offered: &Offered) -> Result<bool, StoreError> {
    let last = view.last_meeting_decision(lead)?;
    Ok(last.is_none_or(|last| last.decision != offered.decision || address(&last.fields) != address(&offered.fields)))
}
