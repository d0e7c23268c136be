//! The order of a visit is the browser's own: its numbers tell, where delays on the way blur the instants.

use knock_model::{Millis, SessionId, SiteId, VisitorId};
use knock_ports::{Ledger, NewSignal, StoreError, Visit, number_in_visit};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The most that two ways to the server differ; beyond that a clock was set, and the numbers say nothing of it.
const DELAY: Millis = Millis(10_000);

/// The visits that some signals are of, as the store knows them.
pub(super) type Visits = BTreeMap<SessionId, Visit>;

/// The visits of a browser's signals.
pub(super) fn visits_of(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    signals: &[NewSignal],
) -> Result<Visits, StoreError> {
    let mut visits = Visits::new();
    for signal in signals.iter().filter(|signal| number_in_visit(signal.seq).is_some()) {
        if let Entry::Vacant(unknown) = visits.entry(signal.session) {
            unknown.insert(ledger.visit(site, visitor, signal.session)?);
        }
    }
    Ok(visits)
}

/// The signals, none on the wrong side of a neighbour of its visit: what is, moves to the neighbour's instant (R13b).
pub(super) fn in_order(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    signals: &[NewSignal],
    visits: &Visits,
) -> Result<Vec<NewSignal>, StoreError> {
    let mut signals = signals.to_vec();
    signals.sort_by_key(|signal| signal.seq);
    let span = signals.iter().map(|it| it.at).min().zip(signals.iter().map(|it| it.at).max());
    let Some((first, last)) = span.filter(|_| !follow(&signals, visits)) else { return Ok(signals) };
    let mut known_of: BTreeMap<SessionId, BTreeMap<u32, Millis>> = BTreeMap::new();
    for signal in &mut signals {
        let Some(number) = number_in_visit(signal.seq) else { continue };
        let known = match known_of.entry(signal.session) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let marks = ledger.numbered(site, visitor, signal.session, first - DELAY, last + DELAY)?;
                unknown.insert(marks.into_iter().collect())
            }
        };
        signal.at = between(known, number, signal.at);
        known.entry(number).or_insert(signal.at);
    }
    Ok(signals)
}

/// The usual case: everything comes after all that is known of its visit, by number and by instant.
fn follow(signals: &[NewSignal], visits: &Visits) -> bool {
    let mut ends: BTreeMap<SessionId, (u32, Option<Millis>)> =
        visits.iter().map(|(session, visit)| (*session, (visit.highest, visit.last_at))).collect();
    signals.iter().all(|signal| {
        let Some(number) = number_in_visit(signal.seq) else { return true };
        let Some(end) = ends.get_mut(&signal.session) else { return false };
        let follows = number > end.0 && Some(signal.at) >= end.1;
        *end = (number, Some(signal.at));
        follows
    })
}

/// The instant, not before what was done before and not after what was done after.
fn between(known: &BTreeMap<u32, Millis>, number: u32, at: Millis) -> Millis {
    let is_delay = |other: &Millis| (*other - at).0.abs() <= DELAY.0;
    let before = known.range(..number).map(|(_, at)| *at).filter(is_delay).max();
    let after = known.range(number + 1..).map(|(_, at)| *at).filter(is_delay).min();
    let at = before.map_or(at, |before| at.max(before));
    after.map_or(at, |after| at.min(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_moves_to_the_neighbour_it_was_delayed_past_and_no_further() {
        let known: BTreeMap<u32, Millis> =
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
