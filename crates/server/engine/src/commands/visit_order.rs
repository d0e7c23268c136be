//! The order of a visit is the browser's own: its numbers tell, where delays on the way blur the instants.

use knock_model::{Millis, SessionId, SiteId, VisitorId};
use knock_ports::{Ledger, NewSignal, StoreError};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The most that two ways to the server differ; beyond that a clock was set, and the numbers say nothing of it.
const DELAY: Millis = Millis(10_000);

/// The signals, none on the wrong side of a neighbour of its visit: what is, moves to the neighbour's instant (R13b).
pub(super) fn in_order(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    signals: &[NewSignal],
) -> Result<Vec<NewSignal>, StoreError> {
    let mut signals = signals.to_vec();
    signals.sort_by_key(|signal| signal.seq);
    let mut visits: BTreeMap<SessionId, BTreeMap<u64, Millis>> = BTreeMap::new();
    let Some((from, to)) = stretch(&signals) else { return Ok(signals) };
    for signal in &mut signals {
        let Some(seq) = signal.seq else { continue };
        let known = match visits.entry(signal.session) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let marks = ledger.numbered(site, visitor, signal.session, from, to)?;
                unknown.insert(marks.into_iter().collect())
            }
        };
        signal.at = between(known, seq, signal.at);
        known.entry(seq).or_insert(signal.at);
    }
    Ok(signals)
}

/// Between which instants their neighbours lie.
pub(super) fn stretch(signals: &[NewSignal]) -> Option<(Millis, Millis)> {
    let instants = || signals.iter().map(|signal| signal.at);
    Some((instants().min()? - DELAY, instants().max()? + DELAY))
}

/// The instant, not before what was done before and not after what was done after.
fn between(known: &BTreeMap<u64, Millis>, seq: u64, at: Millis) -> Millis {
    let is_delay = |other: &Millis| (*other - at).0.abs() <= DELAY.0;
    let before = known.range(..seq).map(|(_, at)| *at).filter(is_delay).max();
    let after = known.range(seq.saturating_add(1)..).map(|(_, at)| *at).filter(is_delay).min();
    let at = before.map_or(at, |before| at.max(before));
    after.map_or(at, |after| at.min(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_moves_to_the_neighbour_it_was_delayed_past_and_no_further() {
        let known: BTreeMap<u64, Millis> =
            [(1, 1_000), (4, 5_000), (9, 90_000)].map(|(seq, at)| (seq, Millis(at))).into();
        let cases = [
            // (seq, at, expected)
            (2, 3_000, 3_000),
            (3, 5_400, 5_000),
            (5, 4_900, 5_000),
            (2, 400, 1_000),
            // Too far off for a delay.
            (3, 60_000, 60_000),
            (10, 30_000, 30_000),
        ];
        for (seq, at, expected) in cases {
            assert_eq!(between(&known, seq, Millis(at)), Millis(expected), "{seq} {at}");
        }
    }
}
