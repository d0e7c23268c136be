//! The order of a session is the browser's own: its numbers tell, where delays on the way blur the instants (R13b).

use alloc::collections::BTreeMap;
use knock_model::Millis;

/// The most that two ways to the server differ; beyond that a clock was set, and the numbers say nothing of it.
pub const DELAY: Millis = Millis(10_000);

/// A signal of a session: its number there and its instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its number, from 1.
    pub number: u32,
    pub at: Millis,
}

/// Whether a signal comes after all that is known of its session, by number and by instant: the usual case.
pub fn follows(highest: u32, last_at: Option<Millis>, mark: Mark) -> bool {
    mark.number > highest && Some(mark.at) >= last_at
}

/// The instant of a signal, not before what was done before it and not after what was done after it: on the wrong side of
/// a neighbour it moves to the neighbour's instant.
pub fn in_place(known: &BTreeMap<u32, Millis>, mark: Mark) -> Millis {
    let Mark { number, at } = mark;
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
            assert_eq!(in_place(&known, Mark { number: seq, at: Millis(at) }), Millis(expected), "{seq} {at}");
        }
    }
}
