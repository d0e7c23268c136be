//! Signals of one browser: appended once, added to the evidence, attributed to their leads.

use super::chat::settle_merged;
use super::enrichment::keep_enrichment;
use super::fold::{Touched, fold};
use super::form_contact::route_forms;
use super::identify::{self, FreshIds};
use super::session_order::{in_order, sequences_of};
use crate::changes::Changes;
use crate::first_touch::touch_of_signals;
use crate::happened::{Happened, SignalsStored};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_intent::{ENGAGED_STRENGTH, Evidence, Weighed};
use knock_model::{Email, Millis, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{
    Batch, DeferredBatch, Enrichment, Ledger, NewSignal, PrefetchHint, Span, StoreError, StoredSignal,
    number_in_session, span_at,
};
use std::collections::BTreeSet;

/// The valid signals of a batch.
#[derive(Clone, Debug)]
pub struct AppendSignals {
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The instant of arrival at the server.
    pub received_at: Millis,
    pub signals: Vec<NewSignal>,
    /// Ids for each `identify` among them, in order.
    pub fresh: Vec<FreshIds>,
}

/// The outcomes of the signals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appended {
    /// The number of signals stored now.
    pub accepted: u32,
    /// The number of signals stored before, or of erased persons.
    pub duplicate: u32,
}

impl Command for AppendSignals {
    type Outcome = Appended;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Appended, StoreError> {
        self.run_with(ledger, None, changes)
    }

    fn defer(&self) -> Option<Appended> {
        Some(Appended { accepted: u32::try_from(self.signals.len()).unwrap_or(u32::MAX), duplicate: 0 })
    }

    fn after(&self) -> After {
        After::Browser(self.visitor)
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Signals(Batch { site: self.site, visitor: self.visitor, signals: &self.signals }))
    }
}

/// Signals with a form, and the data about its lead that came in time for the routing. It is never deferred: a deferred
/// batch has no such data.
#[derive(Clone, Debug)]
pub struct AppendForm {
    pub signals: AppendSignals,
    /// The latest result of an enrichment provider and of the CRMs, with the address of the request.
    pub enriched: (Email, Enrichment),
}

impl Command for AppendForm {
    type Outcome = Appended;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Appended, StoreError> {
        self.signals.run_with(ledger, Some(&self.enriched), changes)
    }

    fn after(&self) -> After {
        self.signals.after()
    }
}

pub(crate) fn replay(ledger: &mut dyn Ledger, batch: DeferredBatch, changes: &mut Changes) -> Result<(), StoreError> {
    let DeferredBatch { site, visitor, signals } = batch;
    let Some(received_at) = signals.iter().map(|signal| signal.received_at).max() else { return Ok(()) };
    AppendSignals { site, visitor, received_at, signals, fresh: Vec::new() }.run(ledger, changes).map(drop)
}

impl AppendSignals {
    /// Stores the signals; with `enriched`, the data about a lead before forms are routed.
    fn run_with(
        &self,
        ledger: &mut dyn Ledger,
        enriched: Option<&(Email, Enrichment)>,
        changes: &mut Changes,
    ) -> Result<Appended, StoreError> {
        let spans = ledger.spans_of_visitor(self.site, self.visitor)?;
        let new = self.append(ledger, &spans)?;
        let accepted = u32::try_from(new.len()).unwrap_or(u32::MAX);
        let all = u32::try_from(self.signals.len()).unwrap_or(u32::MAX);
        if !new.is_empty() {
            if spans.is_empty() {
                let touch = touch_of_signals(ledger, self.site, &new)?;
                ledger.count_visitor(self.site, self.received_at, &touch)?;
            }
            let (spans, touched) = self.attribute(ledger, &new, spans)?;
            fold(ledger, &touched, self.received_at, changes)?;
            settle_merged(ledger, &touched, self.received_at, changes)?;
            self.tell_of_clicks(&new, &spans, changes);
            if let Some((email, said)) = enriched {
                keep_enrichment(ledger, email, said, changes)?;
            }
            self.tell_workflows(ledger, &new, &spans, changes)?;
            let stored = Batch { site: self.site, visitor: self.visitor, signals: &new };
            route_forms(ledger, stored, &spans, self.received_at, changes)?;
            changes.extend(new.into_iter().map(|signal| {
                let lead = spans[span_at(&spans, signal.at)].lead;
                Notice::Signal(Box::new(StoredSignal { site: self.site, visitor: self.visitor, lead, signal }))
            }));
        }
        Ok(Appended { accepted, duplicate: all - accepted })
    }

    /// Stores the new signals, oldest first, and their numbers in the session sequences, so that gaps can be detected.
    fn append(&self, ledger: &mut dyn Ledger, spans: &[Span]) -> Result<Vec<NewSignal>, StoreError> {
        let mut sequences = sequences_of(ledger, self.site, self.visitor, &self.signals)?;
        let mut grown = BTreeSet::new();
        let mut new = Vec::with_capacity(self.signals.len());
        let signals = in_order(ledger, self.site, self.visitor, &self.signals, &sequences)?;
        for signal in identify::without_erased(ledger, spans, self.visitor, signals)? {
            let signal = self.weigh(ledger, signal)?;
            if !ledger.append_signal(self.site, self.visitor, &signal)? {
                continue;
            }
            if let (Some(number), Some(sequence)) = (number_in_session(signal.seq), sequences.get_mut(&signal.session))
            {
                sequence.add(number, signal.at);
                grown.insert(signal.session);
            }
            new.push(signal);
        }
        for received_at in new.iter().map(|signal| signal.received_at).collect::<BTreeSet<_>>() {
            ledger.note_arrival(self.site, self.visitor, received_at)?;
        }
        for (session, sequence) in sequences.iter().filter(|(session, _)| grown.contains(session)) {
            ledger.save_sequence(self.site, self.visitor, *session, sequence)?;
        }
        new.sort_by_key(|signal| (signal.at, signal.id));
        Ok(new)
    }

    /// Weighs visible time: it counts for the category of its page view, once per view (`docs/domain.md`, Categories).
    fn weigh(&self, ledger: &mut dyn Ledger, mut signal: NewSignal) -> Result<NewSignal, StoreError> {
        let Some(view) = signal.view.filter(|_| signal.kind == SignalType::Engagement && signal.strength > 0.0) else {
            return Ok(signal);
        };
        let is_first = !ledger.is_engaged(self.site, self.visitor, view)?;
        signal.strength = if is_first { ENGAGED_STRENGTH } else { 0.0 };
        let of_view = ledger.category_of(self.site, self.visitor, SignalId::from_bytes(*view.as_bytes()))?;
        signal.category = of_view.unwrap_or(signal.category);
        Ok(signal)
    }

    /// Attributes the new signals to spans and adds them to the evidence of these.
    fn attribute(
        &self,
        ledger: &mut dyn Ledger,
        new: &[NewSignal],
        mut spans: Vec<Span>,
    ) -> Result<(Vec<Span>, Touched), StoreError> {
        let mut touched = Touched::default();
        let is_first = spans.is_empty();
        if is_first {
            // The spans are cut from all signals, so they include the new ones.
            spans = identify::known_elsewhere(ledger, self.site, self.visitor, &mut touched)?;
        }
        if !is_first || spans.is_empty() {
            if is_first {
                spans.push(self.unclaimed_span());
            }
            self.grow(ledger, new, &mut spans, &mut touched)?;
        }
        if identify::meet(ledger, (self.site, self.visitor), &self.fresh, new, &spans, &mut touched)? {
            spans = identify::recut(ledger, self.site, self.visitor, &mut touched)?;
        }
        Ok((spans, touched))
    }

    /// Says which links and buttons known persons clicked.
    fn tell_of_clicks(&self, new: &[NewSignal], spans: &[Span], changes: &mut Changes) {
        let is_click =
            |signal: &&NewSignal| matches!(signal.kind, SignalType::LinkClick | SignalType::Cta | SignalType::Click);
        for click in new.iter().filter(is_click) {
            if let Some(lead) = spans[span_at(spans, click.at)].lead {
                let (site, click) = (self.site, Box::new(click.clone()));
                changes.happened(self.received_at, Happened::LinkClicked { lead, site, click });
            }
        }
    }

    /// Says which signals were stored that a workflow may react to, by their leads.
    fn tell_workflows(
        &self,
        ledger: &dyn Ledger,
        new: &[NewSignal],
        spans: &[Span],
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let workflows = changes.workflows(ledger)?;
        if workflows.is_empty() {
            return Ok(());
        }
        let mut stored: Vec<SignalsStored> = Vec::new();
        for signal in new {
            let lead = spans[span_at(spans, signal.at)].lead;
            if !workflows.wants(signal.kind, signal.category, lead.is_some()) {
                continue;
            }
            match stored.iter_mut().find(|one| one.lead == lead) {
                Some(one) => one.signals.push(signal.clone()),
                None => {
                    let (site, visitor, signals) = (self.site, self.visitor, vec![signal.clone()]);
                    stored.push(SignalsStored { site, visitor, lead, signals });
                }
            }
        }
        for one in stored {
            changes.happened(self.received_at, Happened::SignalsStored(Box::new(one)));
        }
        Ok(())
    }

    /// The single span of an anonymous browser.
    fn unclaimed_span(&self) -> Span {
        let (site, visitor, evidence) = (self.site, self.visitor, Evidence::default());
        Span { site, visitor, from_at: Millis(0), lead: None, evidence }
    }

    /// Adds new signals to the spans they fall into.
    fn grow(
        &self,
        ledger: &mut dyn Ledger,
        new: &[NewSignal],
        spans: &mut [Span],
        touched: &mut Touched,
    ) -> Result<(), StoreError> {
        let mut grown = vec![false; spans.len()];
        for signal in new {
            let at = span_at(spans, signal.at);
            spans[at].evidence.add(signal.category, signal.strength, signal.at);
            grown[at] = true;
            if let Some(lead) = spans[at].lead {
                touched.extend(lead, weighed(signal));
                if signal.kind == SignalType::PageView {
                    touched.viewed(lead);
                }
            }
        }
        for (span, _) in spans.iter().zip(grown).filter(|(_, grown)| *grown) {
            ledger.save_span(span)?;
        }
        Ok(())
    }
}

fn weighed(signal: &NewSignal) -> Weighed {
    Weighed { id: signal.id, at: signal.at, category: signal.category, strength: signal.strength }
}
