//! The order of a batch's signals within their sessions, by the stored session sequences.

use knock_identity::{DELAY, Mark, follows, in_place};
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use knock_ports::{Ledger, NewSignal, SessionSequence, StoreError, number_in_session};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The stored sequences of the sessions of some signals.
pub(super) type Sequences = BTreeMap<SessionId, SessionSequence>;

/// Reads the sequences of the sessions of a browser's signals.
pub(super) fn sequences_of(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    signals: &[NewSignal],
) -> Result<Sequences, StoreError> {
    let mut sequences = Sequences::new();
    for signal in signals.iter().filter(|signal| number_in_session(signal.seq).is_some()) {
        if let Entry::Vacant(unknown) = sequences.entry(signal.session) {
            unknown.insert(ledger.sequence(site, visitor, signal.session)?);
        }
    }
    Ok(sequences)
}

/// Returns the signals in the order of their session: a signal on the wrong side of an adjacent one moves to the
/// instant of that one (R13b).
pub(super) fn in_order(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    signals: &[NewSignal],
    sequences: &Sequences,
) -> Result<Vec<NewSignal>, StoreError> {
    let mut signals = signals.to_vec();
    signals.sort_by_key(|signal| signal.seq);
    let span = signals.iter().map(|it| it.at).min().zip(signals.iter().map(|it| it.at).max());
    let Some((first, last)) = span.filter(|_| !follow(&signals, sequences)) else { return Ok(signals) };
    let mut known_of: BTreeMap<SessionId, BTreeMap<u32, Millis>> = BTreeMap::new();
    for signal in &mut signals {
        let Some(number) = number_in_session(signal.seq) else { continue };
        let known = match known_of.entry(signal.session) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let marks = ledger.numbered(site, visitor, signal.session, first - DELAY, last + DELAY)?;
                unknown.insert(marks.into_iter().collect())
            }
        };
        signal.at = in_place(known, Mark { number, at: signal.at });
        known.entry(number).or_insert(signal.at);
    }
    Ok(signals)
}

/// Whether all signals follow the stored ones of their session, by number and by instant: the usual case.
fn follow(signals: &[NewSignal], sequences: &Sequences) -> bool {
    let mut ends: BTreeMap<SessionId, (u32, Option<Millis>)> =
        sequences.iter().map(|(session, sequence)| (*session, (sequence.highest, sequence.last_at))).collect();
    signals.iter().all(|signal| {
        let Some(number) = number_in_session(signal.seq) else { return true };
        let Some(end) = ends.get_mut(&signal.session) else { return false };
        let is_next = follows(end.0, end.1, Mark { number, at: signal.at });
        *end = (number, Some(signal.at));
        is_next
    })
}
