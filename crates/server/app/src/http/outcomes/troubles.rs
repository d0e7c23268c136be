//! What browsers tell of their own troubles: running totals of pages, turned into what is new.

use knock_model::SessionId;
use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, PoisonError};

/// Visits remembered before the older half is forgotten; only those with troubles need a place.
const VISITS: usize = 10_000;
/// The most that one visit can tell of each: beyond, a page is broken or lies.
const MOST: u32 = 10_000;

/// What a page told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Failures of the tracker's own.
    pub(crate) errors: u32,
    /// Signals given up.
    pub(crate) lost: u32,
}

/// The most that any page of each visit has told so far.
#[derive(Default)]
pub(crate) struct Troubles(Mutex<Halves>);

#[derive(Default)]
struct Halves {
    newer: HashMap<SessionId, Told>,
    older: HashMap<SessionId, Told>,
}

impl Troubles {
    /// How much more a visit tells than it did before. A page that tells no more than another one adds nothing:
    /// batches do not say which page they are of, so too little may be counted, but never too much.
    pub(crate) fn grown(&self, visit: SessionId, told: Told) -> Told {
        let told = Told { errors: told.errors.min(MOST), lost: told.lost.min(MOST) };
        if told == Told::default() {
            return told;
        }
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = halves.newer.get(&visit).or_else(|| halves.older.get(&visit)).copied().unwrap_or_default();
        let most = Told { errors: told.errors.max(before.errors), lost: told.lost.max(before.lost) };
        if halves.newer.len() >= VISITS / 2 {
            halves.older = mem::take(&mut halves.newer);
        }
        halves.newer.insert(visit, most);
        Told { errors: most.errors - before.errors, lost: most.lost - before.lost }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;

    fn visit(number: usize) -> SessionId {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&number.to_be_bytes());
        SessionId::new(Millis(1_780_000_000_000), &random)
    }

    #[test]
    fn only_what_is_new_counts_and_no_more_than_is_believable() {
        let troubles = Troubles::default();
        let cases = [
            // (visit, told, new)
            (1, (0, 0), (0, 0)),
            (1, (2, 0), (2, 0)),
            (1, (2, 5), (0, 5)),
            (1, (1, 0), (0, 0)),
            (2, (1, 0), (1, 0)),
            (1, (3, 4), (1, 0)),
            (3, (u32::MAX, 1), (MOST, 1)),
        ];
        for (number, (errors, lost), (new_errors, new_lost)) in cases {
            let grown = troubles.grown(visit(number), Told { errors, lost });
            assert_eq!(grown, Told { errors: new_errors, lost: new_lost }, "{number} {errors} {lost}");
        }
    }

    #[test]
    fn however_many_visits_tell_few_are_remembered() {
        let troubles = Troubles::default();
        for number in 0..3 * VISITS {
            troubles.grown(visit(number), Told { errors: 1, lost: 0 });
        }
        let halves = troubles.0.lock().expect("not poisoned");
        assert!(halves.newer.len() + halves.older.len() <= VISITS);
    }
}
