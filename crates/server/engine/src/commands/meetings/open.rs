//! Opening of the booking by a visitor: the click (MS-01), and the start of the lead record (MS-13).

use super::busy::BusyTimes;
use super::routed::Offered;
use super::step::EmailStep;
use crate::changes::Changes;
use crate::commands::arrival::Arrival;
use crate::commands::meeting_status::MeetingFlow;
use crate::writer::{After, Command};
use knock_model::{ConversationId, Email, LeadId, Millis, SignalId, SiteId, VisitorId};
use knock_ports::{Batch, Ledger, PrefetchHint, StoreError, span_at};
use knock_status::meeting::Event;

#[derive(Clone, Debug)]
pub struct OpenBooking {
    pub arrival: Arrival,
    /// The chat of the opening, whose token the browser holds.
    pub conversation: Option<ConversationId>,
    /// The contact of a token of a mail merge, and the id of the signal that identifies the visitor.
    pub contact: Option<(Email, SignalId)>,
}

impl Command for OpenBooking {
    type Outcome = LeadId;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<LeadId, StoreError> {
        let of_chat = self.conversation.map(|id| ledger.conversation(id)).transpose()?.flatten();
        if let Some((email, id)) = &self.contact {
            self.arrival.identify(ledger, email, *id, changes)?;
        }
        let lead = self.arrival.lead(ledger, of_chat.map(|conversation| conversation.lead), changes)?;
        self.arrival.click(ledger, changes)?;
        let mut flow = MeetingFlow::load(ledger, lead, self.arrival.now)?;
        flow.add(self.arrival.click, Event::LinkClicked);
        flow.apply(ledger, changes)?;
        Ok(lead)
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Signals(Batch { site: self.arrival.site, visitor: self.arrival.visitor, signals: &[] }))
    }

    fn after(&self) -> After {
        After::Browser(self.arrival.visitor)
    }
}

/// Takes the address that a visitor gives (RF-09).
#[derive(Clone, Debug)]
pub struct GiveEmail {
    /// The address.
    pub step: EmailStep,
    /// The busy times of connected calendars.
    pub busy: BusyTimes,
}

impl Command for GiveEmail {
    type Outcome = Offered;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Offered, StoreError> {
        let basis = self.step.basis(ledger, &self.busy)?;
        Ok(self.step.take(ledger, &basis, changes)?.1)
    }

    fn after(&self) -> After {
        After::Browser(self.step.arrival.visitor)
    }
}

/// The activity of a visitor in the booking before an address is given or a slot is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitorActivity {
    /// The visitor used the booking.
    Active,
    /// The visitor left it (R14).
    Abandoned,
}

/// Records an action of a visitor in the booking. A browser that never opened a booking is skipped.
#[derive(Clone, Copy, Debug)]
pub struct NoteBooking {
    pub site: SiteId,
    pub visitor: VisitorId,
    pub activity: VisitorActivity,
    /// The id of the fact.
    pub id: SignalId,
    pub now: Millis,
}

impl Command for NoteBooking {
    /// Whether it was recorded.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let spans = ledger.spans_of_visitor(self.site, self.visitor)?;
        let lead = if spans.is_empty() { None } else { spans[span_at(&spans, self.now)].lead };
        let Some(lead) = lead else { return Ok(false) };
        let mut flow = MeetingFlow::load(ledger, lead, self.now)?;
        if flow.is_untouched() {
            return Ok(false);
        }
        let event = match self.activity {
            VisitorActivity::Active => Event::Activity,
            VisitorActivity::Abandoned => Event::Abandoned,
        };
        flow.add(self.id, event);
        flow.apply(ledger, changes)?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Browser(self.visitor)
    }
}
