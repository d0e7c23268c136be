//! Arrival of a browser by a Knock Link or a launcher: its lead, and the click.

use super::append_signals::AppendSignals;
use super::chat::settle_merged;
use super::fold::{Touched, fold};
use super::identify::{self, FreshIds};
use crate::changes::Changes;
use crate::first_touch::touch_of_link;
use crate::writer::Command;
use knock_identity::Claim;
use knock_intent::{CategoryOverride, CategoryRule, categorise_channel, strength};
use knock_model::{Category, Email, LeadId, Millis, SessionId, SignalId, SignalType, SiteId, Trust, VisitorId};
use knock_ports::{Detail, Ledger, NewSignal, StoreError, span_at};

/// An arrival of a browser.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The site of the opened launcher or hosted page.
    pub site: SiteId,
    /// The Knock Link, or `Website`.
    pub link: String,
    pub visitor: VisitorId,
    pub session: SessionId,
    /// The site's own categories.
    pub categories: Vec<CategoryOverride>,
    pub now: Millis,
    /// An id for the click, whose instant is now.
    pub click: SignalId,
    /// Ids for a person and a company not known yet.
    pub fresh: FreshIds,
}

impl Arrival {
    /// Returns the lead of this browser: `mailed`, the recipient of the mail whose link led here, else the known lead,
    /// else a new one.
    pub(super) fn lead(
        &self,
        ledger: &mut dyn Ledger,
        mailed: Option<LeadId>,
        changes: &mut Changes,
    ) -> Result<LeadId, StoreError> {
        let mut touched = Touched::default();
        let mut spans = ledger.spans_of_visitor(self.site, self.visitor)?;
        if spans.is_empty() {
            let touch = touch_of_link(ledger, self.site, &self.link)?;
            ledger.count_visitor(self.site, self.now, &touch)?;
            spans = identify::known_elsewhere(ledger, self.site, self.visitor, &mut touched)?;
        }
        let owner = spans.get(span_at(&spans, self.now)).and_then(|span| span.lead);
        if let Some(lead) = owner.filter(|owner| mailed.is_none_or(|mailed| mailed == *owner)) {
            return Ok(lead);
        }
        let lead = match mailed {
            Some(lead) => lead,
            None => self.stranger(ledger, &mut touched)?,
        };
        ledger.append_claim(self.site, self.visitor, Claim { cause: self.click, at: self.now, lead })?;
        identify::recut(ledger, self.site, self.visitor, &mut touched)?;
        fold(ledger, &touched, self.now, changes)?;
        settle_merged(ledger, &touched, self.now, changes)?;
        Ok(lead)
    }

    fn stranger(&self, ledger: &mut dyn Ledger, touched: &mut Touched) -> Result<LeadId, StoreError> {
        let lead = identify::stranger(self.fresh.lead, self.now);
        ledger.save_lead(&lead)?;
        touched.created(lead.id, self.now);
        Ok(lead.id)
    }

    /// Stores the click as a signal of the timeline.
    pub(super) fn click(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let channel = ledger.link(&self.link)?.map_or_else(String::new, |link| link.channel);
        let found = categorise_channel(&self.categories, &channel);
        let rule = if found.rule == CategoryRule::Rest { "link" } else { found.rule.as_str() };
        let (rule, matched, name) = (rule.to_owned(), found.matched().to_owned(), self.link.clone());
        let detail = Detail { rule, matched, name, ..Detail::default() };
        let signal = NewSignal { category: found.category, ..self.signal(self.click, SignalType::LinkClick, detail) };
        self.append(ledger, signal, Vec::new(), changes)
    }

    /// Stores an `identify` for the contact that a mailed link names: that of a mail merge, or of a confirmation.
    pub(super) fn identify(
        &self,
        ledger: &mut dyn Ledger,
        email: &Email,
        id: SignalId,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let detail = Detail { email: email.to_text(), trust: Some(Trust::Verified), ..Detail::default() };
        self.append(ledger, self.signal(id, SignalType::Identify, detail), vec![self.fresh], changes)
    }

    /// Returns a signal of the visitor at the instant now.
    pub(super) fn signal(&self, id: SignalId, kind: SignalType, detail: Detail) -> NewSignal {
        NewSignal {
            id,
            session: self.session,
            kind,
            at: self.now,
            received_at: self.now,
            clamped: false,
            category: Category::Home,
            strength: strength(kind),
            seq: None,
            view: None,
            detail: detail.into(),
        }
    }

    /// Stores a signal of this session.
    pub(super) fn append(
        &self,
        ledger: &mut dyn Ledger,
        signal: NewSignal,
        fresh: Vec<FreshIds>,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let (site, visitor, received_at) = (self.site, self.visitor, self.now);
        AppendSignals { site, visitor, received_at, signals: vec![signal], fresh }.run(ledger, changes).map(drop)
    }
}
