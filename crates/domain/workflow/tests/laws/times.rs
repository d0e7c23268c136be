//! What passes with time alone.

use crate::made::{CASES, any_history};
use knock_model::Millis;
use knock_workflow::{Entry, Replay, replay};
use proptest::prelude::*;

fn logs(replay: &Replay) -> Vec<&[Entry]> {
    replay.runs.iter().map(|run| run.log.as_slice()).collect()
}

/// What is shown of a history but the next change.
fn shown(replay: &Replay) -> Replay {
    Replay { next_change_at: None, ..replay.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    /// Looking later only adds: to runs, to refusals, to logs.
    #[test]
    fn looking_later_only_appends(made in any_history(), earlier in 0..200_000_000_i64) {
        let late = replay(&made.history(), made.until);
        let early = replay(&made.history(), made.until - Millis(earlier));
        prop_assert!(late.refused.starts_with(&early.refused));
        prop_assert!(late.changes.starts_with(&early.changes));
        prop_assert!(early.runs.len() <= late.runs.len());
        for (early, late) in logs(&early).into_iter().zip(logs(&late)) {
            prop_assert!(late.starts_with(early));
        }
    }

    /// The next change is the least instant at which anything changes without an event.
    #[test]
    fn the_next_change_is_the_first_one(made in any_history(), parts in 1..1000_i64) {
        let now = replay(&made.history(), made.until);
        let Some(next) = now.next_change_at else {
            let later = replay(&made.history(), made.until + Millis::days(30));
            prop_assert_eq!(later, now);
            return Ok(());
        };
        prop_assert!(next > made.until);
        let between = made.until + Millis((next - made.until).0 * parts / 1000);
        for still in [between.min(next - Millis(1)), next - Millis(1)] {
            let still = replay(&made.history(), still);
            prop_assert_eq!(still.next_change_at, Some(next));
            prop_assert_eq!(shown(&still), shown(&now));
        }
        let then = replay(&made.history(), next);
        prop_assert_ne!(shown(&then), shown(&now));
        prop_assert!(then.next_change_at.is_none_or(|again| again > next));
    }

    /// WF-L1: entries of a run are in order of time, but for an action after an outage.
    #[test]
    fn logs_are_in_order_and_none_is_of_the_future(made in any_history()) {
        let whole = replay(&made.history(), made.until);
        for run in &whole.runs {
            let times: Vec<Millis> = run.log.iter().map(|entry| entry.at).collect();
            prop_assert!(times.is_sorted());
            prop_assert!(times.iter().all(|at| run.enrolled_at <= *at && *at <= made.until));
        }
    }

    /// Nothing is carried out during an outage.
    #[test]
    fn nothing_acts_during_an_outage(made in any_history()) {
        let whole = replay(&made.history(), made.until);
        for change in &whole.changes {
            if let knock_workflow::Change::Act(effect) = change {
                prop_assert!(made.outages.iter().all(|outage| effect.at < outage.from || outage.to <= effect.at));
            }
        }
    }
}
