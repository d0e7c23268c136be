//! The numbers of visits: which are here, and how far they went.

use knock_model::Millis;
use knock_ports::Numbers;

/// Number and instant of a visit's signals within a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    from: Millis,
    to: Millis,
    seen: Vec<(u64, Millis)>,
}

impl Marks {
    /// None yet, all that lie within this stretch are to be added.
    pub(crate) fn new((from, to): (Millis, Millis)) -> Marks {
        Marks { from, to, seen: Vec::new() }
    }

    /// Adds one when it lies within.
    pub(crate) fn add(&mut self, seq: u64, at: Millis) {
        if self.from <= at && at <= self.to {
            self.seen.push((seq, at));
        }
    }

    /// Those of a stretch; none when not all of it is known.
    pub(crate) fn between(&self, (from, to): (Millis, Millis)) -> Option<Vec<(u64, Millis)>> {
        let is_known = self.from <= from && to <= self.to;
        let within = |(_, at): &&(u64, Millis)| from <= *at && *at <= to;
        is_known.then(|| self.seen.iter().filter(within).copied().collect())
    }
}

/// How far the numbers of a visit went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visit {
    /// None is here.
    New,
    /// So far, and so many.
    Counted {
        /// The highest.
        highest: u64,
        /// How many different ones.
        seen: u64,
    },
    /// It will be counted once all signals are written.
    Uncounted,
}

impl Visit {
    /// Adds numbers; false when they do not follow all of its own.
    pub(super) fn extend(&mut self, numbers: Numbers) -> bool {
        let before = match *self {
            Visit::New => 0,
            Visit::Counted { highest, .. } if highest >= numbers.lowest => return false,
            Visit::Counted { seen, .. } => seen,
            // Whatever is added is counted too.
            Visit::Uncounted => return true,
        };
        *self = Visit::Counted { highest: numbers.highest, seen: before + numbers.count };
        true
    }
}
