//! The signals that triggers count, as stored.

use super::event::Unnumbered;
use crate::workflow_index::Index;
use crate::workflow_runs::EVENTS_PER_MS;
use knock_model::{Category, LeadId, Millis};
use knock_ports::{Ledger, Span, StoreError};
use knock_workflow::{EventKind, Signal};

/// Leads with so few signals are read as a whole.
const FEW: i64 = 500;
/// Events in the same instant as signals are numbered behind these.
const BESIDE: Millis = Millis::MINUTE;

/// The signals of a lead before these events: those in the windows that end at the events, and in those that end at the
/// signals before them.
pub(super) fn signals_before(
    ledger: &dyn Ledger,
    (lead, number): (LeadId, i64),
    index: &Index,
    events: &[Unnumbered],
    now: Millis,
) -> Result<Vec<Signal>, StoreError> {
    let first = events.iter().filter(|event| event.is_signal()).map(|event| event.at).min();
    let from = match (first, index.looks_back()) {
        (Some(_), Some(_)) if number <= FEW => Millis(0),
        (Some(first), Some(span)) => start(first, span),
        (None, _) if index.counts_inside() => now - BESIDE,
        (Some(_) | None, _) => return Ok(Vec::new()),
    };
    Ok(without(ledger.workflow_signals(lead, from)?, events))
}

/// The signals of spans that enrolments by these events count, except their own; their numbers are in order.
pub(super) fn counted(
    ledger: &dyn Ledger,
    index: &Index,
    spans: &[(Span, Millis)],
    events: &[Unnumbered],
) -> Result<Vec<Signal>, StoreError> {
    let counted: Vec<_> =
        events.iter().filter_map(|event| Some((event.at, index.counted_with(&event.kind)?))).collect();
    let (Some(first), Some(span)) = (counted.iter().map(|(at, _)| *at).min(), index.looks_back()) else {
        return Ok(Vec::new());
    };
    let is_any = counted.iter().any(|(_, categories)| categories.is_empty());
    let categories: Vec<Category> = counted.into_iter().filter(|_| !is_any).flat_map(|(_, named)| named).collect();
    let mut signals = Vec::new();
    for (of, to) in spans {
        let from = start(first, span).max(of.from_at);
        let of_browser = ledger.workflow_signals_of_browser(of.site, of.visitor, from, &categories)?;
        signals.extend(of_browser.into_iter().filter(|signal| signal.at < *to));
    }
    signals.sort_by_key(|signal| signal.number);
    Ok(without(signals, events))
}

/// The instant from which signals are read.
fn start(first: Millis, span: Millis) -> Millis {
    (first - span).max(Millis(0))
}

/// Takes the signals of these events out: they are stored already. The others keep their numbers, from 1 in each
/// millisecond.
fn without(stored: Vec<Signal>, events: &[Unnumbered]) -> Vec<Signal> {
    let mut signals: Vec<Signal> =
        stored.into_iter().map(|signal| Signal { number: signal.number + 1, ..signal }).collect();
    for event in events {
        let EventKind::Signal { signal, category } = event.kind else { continue };
        let arrived = |number: u64| i64::try_from((number - 1) / EVENTS_PER_MS).ok() == Some(event.received_at.0);
        let is_it =
            |one: &Signal| (one.at, one.signal, one.category) == (event.at, signal, category) && arrived(one.number);
        if let Some(place) = signals.iter().rposition(is_it) {
            signals.remove(place);
        }
    }
    signals
}
