//! The e-mail step: whose address it is, what the rules say of it, and the facts of both.

use super::busy::BusyTimes;
use super::routed::{Offered, Wanted};
use crate::commands::append_signals::AppendSignals;
use crate::commands::arrival::Arrival;
use crate::commands::meeting_status::MeetingFlow;
use crate::notice::Notice;
use crate::writer::Command;
use knock_intent::strength;
use knock_model::{Category, Email, LeadId, SignalId, SignalType, Trust};
use knock_ports::{Detail, Ledger, NewSignal, StoreError};
use knock_routing::{CalendarMode, Field, LeadFields};
use knock_status::meeting::{Event, Verdict};

/// An address given for a meeting.
#[derive(Clone, Debug)]
pub struct EmailStep {
    /// The browser, and the link. Its click is recorded by who opens the booking, not here.
    pub arrival: Arrival,
    /// The address.
    pub email: Email,
    /// The name, where it was given with it.
    pub name: String,
    /// The answers to the questions of the link, by the field that each fills.
    pub answers: Vec<(String, String)>,
    /// Ids for what the address says of its writer, the verdict and the decision.
    pub ids: [SignalId; 3],
}

impl EmailStep {
    /// Records the address with its verdict and decision, unless the last ones of this lead say the same; the lead, and
    /// what they are offered.
    pub(super) fn take(
        &self,
        ledger: &mut dyn Ledger,
        busy: &BusyTimes,
        notices: &mut Vec<Notice>,
    ) -> Result<(LeadId, Offered), StoreError> {
        let now = self.arrival.now;
        let lead = self.arrival.lead(ledger, None, notices)?;
        let mut wanted = self.wanted(Some(lead));
        let first = wanted.offered(ledger, busy, now)?;
        // Nobody is made known by an address that is made up.
        let lead = match first.verdict() {
            Verdict::Spam => lead,
            Verdict::Ok | Verdict::Unqualified(_) => self.introduce(ledger, lead, notices)?,
        };
        wanted.lead = Some(lead);
        let offered = self.with_owner(ledger, &wanted, wanted.offered(ledger, busy, now)?, busy)?;
        if self.is_news(ledger, lead, &offered)? {
            ledger.append_decision(&offered.decided(self.ids[2], lead, &self.arrival.link, now))?;
        }
        let mut flow = MeetingFlow::load(ledger, lead, now)?;
        flow.add(self.ids[1], Event::EmailSubmitted(offered.verdict()));
        flow.apply(ledger, notices)?;
        Ok((lead, offered))
    }

    pub(super) fn wanted(&self, lead: Option<LeadId>) -> Wanted {
        let Arrival { link, site, visitor, session, .. } = self.arrival.clone();
        let (visitor, session, email) = (Some(visitor), Some(session), Some(self.email.clone()));
        Wanted { link, site, visitor, session, lead, email, answers: self.answers.clone() }
    }

    /// Round robin names the first rep who has anything to offer (SC-09), not the one whose turn it is on paper.
    fn with_owner(
        &self,
        ledger: &dyn Ledger,
        wanted: &Wanted,
        offered: Offered,
        busy: &BusyTimes,
    ) -> Result<Offered, StoreError> {
        let first = offered.slots.first().map(|slot| slot.reps.clone());
        match first.filter(|_| offered.mode == CalendarMode::RoundRobin) {
            Some(free) => {
                let basis =
                    super::basis::Basis::load(ledger, busy, self.arrival.now, Some(self.arrival.visitor), None)?;
                wanted.offered_by(ledger, &basis, self.arrival.now, Some(&free))
            }
            None => Ok(offered),
        }
    }

    /// Whether the decision is another one than the last about this lead.
    fn is_news(&self, ledger: &dyn Ledger, lead: LeadId, offered: &Offered) -> Result<bool, StoreError> {
        let last = ledger.last_meeting_decision(lead)?;
        let address = |fields: &LeadFields| fields.get(&Field::parse("email").ok()?).cloned();
        Ok(last
            .is_none_or(|last| last.decision != offered.decision || address(&last.fields) != address(&offered.fields)))
    }

    /// The address says who writes: the browser may turn out to be somebody's who is known.
    fn introduce(
        &self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        notices: &mut Vec<Notice>,
    ) -> Result<LeadId, StoreError> {
        let known = ledger.lead(lead)?;
        let is_known = known.is_some_and(|known| {
            known.email.as_ref() == Some(&self.email) && (self.name.is_empty() || known.name == self.name)
        });
        if !is_known {
            let (rule, trust, person) = ("booking".into(), Some(Trust::Claimed), self.name.clone());
            let detail = Detail { rule, email: self.email.to_text(), trust, person, ..Detail::default() };
            self.signal(self.ids[0], SignalType::Identify, detail).run(ledger, notices)?;
        }
        Ok(ledger.lead_by_email(&self.email)?.map_or(lead, |found| found.id))
    }

    pub(super) fn signal(&self, id: SignalId, kind: SignalType, detail: Detail) -> AppendSignals {
        let Arrival { site, visitor, session, now, fresh, .. } = self.arrival.clone();
        let signal = NewSignal {
            id,
            session,
            kind,
            at: now,
            received_at: now,
            clamped: false,
            category: if kind == SignalType::MeetingBooked { Category::Demo } else { Category::Home },
            strength: strength(kind),
            seq: None,
            view: None,
            detail: detail.into(),
        };
        let fresh = if kind == SignalType::Identify { vec![fresh] } else { Vec::new() };
        AppendSignals { site, visitor, received_at: now, signals: vec![signal], fresh }
    }
}
