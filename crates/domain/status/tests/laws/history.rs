//! Histories: tame ones, delivered as they happen, and wild ones, as the world delivers.

use crate::machine::{Facts, Machine};
use knock_model::Millis;
use knock_status::{Fact, Source};
use proptest::prelude::*;

pub(crate) const START: Millis = Millis(1_780_315_200_000);
pub(crate) const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// The limits of every clock: a history that never meets one exactly says little about it.
const LIMITS: [i64; 5] = [2 * MINUTE, 30 * MINUTE, 3 * HOUR, 12 * HOUR, 12 * 24 * HOUR];

/// Numbers that a fact is made of.
type Drawn = [u32; 4];

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    proptest::collection::vec(proptest::array::uniform4(any::<u32>()), 0..25)
}

fn event<M: Machine>(drawn: u32) -> M::Event {
    let [kind, detail, ..] = drawn.to_le_bytes();
    M::event(kind, detail)
}

/// From one fact to the next: never nothing.
fn gap(drawn: u32) -> Millis {
    let (kind, size) = (drawn % 10, i64::from(drawn / 10));
    Millis(match kind {
        0 => 1,
        1..=2 => 1 + size % 10_000,
        3..=4 => MINUTE + size % (4 * MINUTE),
        5..=6 => HOUR + size % (19 * HOUR),
        7 => 200 * HOUR + size % (200 * HOUR),
        _ => LIMITS[drawn as usize / 10 % LIMITS.len()] + size % 3 - 1,
    })
}

/// From happening to arriving; what is stamped too late arrives before it happened.
fn delay(drawn: u32) -> Millis {
    let (kind, size) = (drawn % 8, i64::from(drawn / 8));
    Millis(match kind {
        0..=3 => 0,
        4 => -(size % HOUR),
        5 => size % (10 * MINUTE),
        6 => 5 * MINUTE + size % 3 - 1,
        _ => size % (30 * 24 * HOUR),
    })
}

/// Facts of a trusted source at distinct instants, delivered as they happen.
pub(crate) fn tame<M: Machine>() -> impl Strategy<Value = Facts<M>> {
    drawn().prop_map(|drawn| {
        let mut at = START;
        let facts = drawn.into_iter().enumerate().map(|(id, [what, after, ..])| {
            at = at + gap(after);
            Fact { id, at, received_at: at, source: Source::Server, what: event::<M>(what) }
        });
        facts.collect()
    })
}

/// Late, early, repeated and simultaneous facts of any source; ids may come again with other content.
pub(crate) fn wild<M: Machine>() -> impl Strategy<Value = Facts<M>> {
    drawn().prop_map(|drawn| {
        let mut at = START;
        let facts = drawn.into_iter().map(|[what, after, late, id]| {
            at = at + if id % 5 == 0 { Millis(0) } else { gap(after) };
            let source = if late % 2 == 0 { Source::Client } else { Source::Server };
            Fact { id: id as usize / 5 % 60, at, received_at: at + delay(late / 2), source, what: event::<M>(what) }
        });
        let mut facts: Facts<M> = facts.collect();
        facts.sort_by_key(|fact| fact.received_at);
        facts
    })
}

/// Any fact at all, its instants also at the ends of what a number can say.
pub(crate) fn unheard_of<M: Machine>() -> impl Strategy<Value = Facts<M>> {
    fn instant(kind: u32, drawn: i64) -> Millis {
        Millis(match kind % 4 {
            0 => drawn % 10_000,
            1 => drawn,
            2 => i64::MIN,
            _ => i64::MAX,
        })
    }
    let fact = (any::<[u32; 2]>(), any::<[i64; 2]>()).prop_map(|([what, kinds], [at, received_at])| {
        let source = if kinds % 2 == 0 { Source::Client } else { Source::Server };
        let (at, received_at) = (instant(kinds / 2, at), instant(kinds / 8, received_at));
        Fact { id: kinds as usize / 32 % 31, at, received_at, source, what: event::<M>(what) }
    });
    proptest::collection::vec(fact, 0..25)
}

/// The instant at which every fact has arrived and every timer has fired.
pub(crate) fn end<M: Machine>(facts: &Facts<M>) -> Millis {
    let last = facts.iter().map(|fact| fact.received_at.max(fact.at)).max();
    last.unwrap_or(START) + Millis::days(30)
}

/// The distance of an observation from the end.
pub(crate) fn back() -> impl Strategy<Value = Millis> {
    prop_oneof![0..40 * 24 * HOUR, 30 * 24 * HOUR - 5..30 * 24 * HOUR + 20 * HOUR].prop_map(Millis)
}
