//! Browsers without a lead: a lead is made of one that a workflow enrols.

use super::event::Unnumbered;
use super::fields::fields_of_browser;
use super::group::Visit;
use super::number::next_number;
use super::signals::counted;
use crate::changes::Changes;
use crate::commands::BrowserLead;
use crate::happened::{Happened, SignalsStored};
use crate::workflow_index::Index;
use knock_model::{LeadId, Millis, SignalId, VisitorId};
use knock_ports::{Ledger, Span, StoreError, span_at};
use knock_routing::LeadFields;
use knock_workflow::{
    Change, Engine, Lead, Mailable, NudgeCount, Origin, Refusal, RefusalReason, Signal, State, Versions,
};
use sha2::{Digest, Sha256};

/// Makes a lead of a browser that the signals enrol; nothing is stored of another one. The lead then reacts to them.
pub(super) fn take(
    ledger: &mut dyn Ledger,
    index: &Index,
    mut stored: SignalsStored,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    stored.signals.sort_by_key(|signal| (signal.received_at, signal.at, signal.id));
    let (site, visitor) = (stored.site, stored.visitor);
    let Some(last) = stored.signals.last() else { return Ok(()) };
    let (cause, visit) = (last.id, Visit { site, visitor, session: last.session });
    let spans = ledger.spans_of_visitor(site, visitor)?;
    let Some(span) = spans.get(span_at(&spans, last.at)).filter(|span| span.lead.is_none()) else { return Ok(()) };
    let signals = || stored.signals.iter().filter(|signal| signal.at >= span.from_at);
    let events: Vec<Unnumbered> = signals().flat_map(|signal| Unnumbered::of_signal(signal, Origin::Outside)).collect();
    let Some(at) = signals().map(|signal| signal.at).min() else { return Ok(()) };
    if !is_enrolled(ledger, index, (span, visit), &events, now)? {
        return Ok(());
    }
    let lead = id_of(visitor, cause);
    if ledger.lead(lead)?.is_some() {
        return Ok(());
    }
    BrowserLead { site, visitor, cause, at, lead, now }.claim(ledger, changes)?;
    let stored = SignalsStored { lead: Some(lead), ..stored };
    changes.happened(now, Happened::SignalsStored(Box::new(stored)));
    Ok(())
}

/// Whether the events of a browser enrol the lead that it would become. Its fields are read only where they matter.
fn is_enrolled(
    ledger: &dyn Ledger,
    index: &Index,
    (span, visit): (&Span, Visit),
    events: &[Unnumbered],
    now: Millis,
) -> Result<bool, StoreError> {
    let signals = counted(ledger, index, &[(span.clone(), Millis(i64::MAX))], events)?;
    let may_be = decided(index, &signals, LeadFields::default(), events);
    let conditions =
        |change: &Change| matches!(change, Change::Refused(Refusal { reason: RefusalReason::Conditions, .. }));
    let is_enrolment = |change: &Change| matches!(change, Change::Enrolled(_));
    if !may_be.iter().any(|change| conditions(change) || is_enrolment(change)) {
        return Ok(false);
    }
    let fields = fields_of_browser(ledger, span, index, visit, now)?;
    Ok(decided(index, &signals, fields, events).iter().any(is_enrolment))
}

fn decided(index: &Index, signals: &[Signal], fields: LeadFields, events: &[Unnumbered]) -> Vec<Change> {
    let lead = Lead { signals: signals.to_vec(), fields, mailable: Mailable::NoAddress, ..Lead::default() };
    let versions = Versions { former: Vec::new(), ..index.versions() };
    let mut engine = Engine::new(versions, NudgeCount::Shown, State { lead, runs: Vec::new() });
    let mut decided = Vec::new();
    for event in events {
        let number = next_number(&engine.state().lead, event.received_at);
        decided.extend(engine.receive(&event.clone().numbered(number)));
    }
    decided
}

/// The id of the lead: the same when the batch is run again.
fn id_of(visitor: VisitorId, cause: SignalId) -> LeadId {
    let digest = Sha256::new().chain_update("lead of a workflow").chain_update(visitor.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&digest.chain_update(cause.as_bytes()).finalize()[..16]);
    LeadId::new(id)
}
