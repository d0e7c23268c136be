//! The usual wait for an answer of the team.

use alloc::vec::Vec;
use knock_model::Millis;

/// Fewer waits tell nothing of the next one.
const FEWEST: usize = 5;

/// The median of how long leads waited for a first answer, where none is a lead without one, who waited longer than all
/// others. None while fewer than five waits are known, and where most leads got no answer: then no time is named.
pub fn usual_wait(waits: &[Option<Millis>]) -> Option<Millis> {
    if waits.len() < FEWEST {
        return None;
    }
    let mut sorted: Vec<i64> = waits.iter().map(|wait| wait.map_or(i64::MAX, |wait| wait.0)).collect();
    sorted.sort_unstable();
    // Of an even number the longer one: rather too long than too short.
    sorted.get(sorted.len() / 2).filter(|wait| **wait < i64::MAX).map(|wait| Millis(*wait))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_counts_leads_without_an_answer() {
        let of = |waits: &[i64]| {
            let waits: Vec<Option<Millis>> = waits.iter().map(|wait| (*wait >= 0).then_some(Millis(*wait))).collect();
            usual_wait(&waits).map(|wait| wait.0)
        };
        assert_eq!(of(&[1, 2, 3, 4]), None);
        assert_eq!(of(&[5, 1, 9, 2, 7]), Some(5));
        assert_eq!(of(&[1, 2, 3, 4, 5, 6]), Some(4));
        assert_eq!(of(&[5, 1, -1, 2, -1]), Some(5));
        assert_eq!(of(&[5, -1, -1, 2, -1]), None);
    }
}
