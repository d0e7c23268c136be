//! A history at once, event by event, and with repeated events.

use crate::made::{CASES, any_history, punctual};
use knock_workflow::{Change, Engine, NudgeCount, State, Versions, replay};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    /// An engine that is fed by a server, with its state stored in between, comes to the same as a replay.
    #[test]
    fn feeding_one_by_one_is_feeding_at_once(made in punctual()) {
        let mut state = State::default();
        let mut changes: Vec<Change> = Vec::new();
        for event in &made.events {
            let stored = serde_json::to_string(&state).expect("JSON");
            let state_read = serde_json::from_str(&stored).expect("a state");
            let mut engine = Engine::new(Versions::first(&made.workflows), NudgeCount::Ready, state_read);
            // The clock worker is on time.
            while let Some(due) = engine.next_due().filter(|due| *due < event.received_at) {
                changes.extend(engine.advance(due));
            }
            changes.extend(engine.receive(event));
            state = engine.into_state();
        }
        let mut engine = Engine::new(Versions::first(&made.workflows), NudgeCount::Ready, state);
        while let Some(due) = engine.next_due().filter(|due| *due <= made.until) {
            changes.extend(engine.advance(due));
        }
        let whole = replay(&made.history(), made.until);
        prop_assert_eq!(changes, whole.changes);
        prop_assert_eq!(engine.next_due(), whole.next_change_at);
        prop_assert_eq!(engine.into_state().runs, whole.runs);
    }

    /// WF-O1: an event that is delivered again, at once or at the end, changes nothing.
    #[test]
    fn a_repeated_event_changes_nothing(made in any_history(), which in any::<prop::sample::Index>(), is_last: bool) {
        let whole = replay(&made.history(), made.until);
        let mut again = made.clone();
        if !made.events.is_empty() {
            let place = which.index(made.events.len());
            let repeated = made.events[place].clone();
            if is_last {
                let received_at = made.events.last().map_or(repeated.received_at, |last| last.received_at);
                again.events.push(knock_workflow::Event { received_at, ..repeated });
            } else {
                again.events.insert(place + 1, repeated);
            }
        }
        prop_assert_eq!(replay(&again.history(), made.until), whole);
    }

    /// Changes make up the runs: each entry, state and refusal is reported once, in order.
    #[test]
    fn changes_say_all(made in any_history()) {
        let whole = replay(&made.history(), made.until);
        let mut runs = Vec::new();
        let mut refused = Vec::new();
        for change in &whole.changes {
            match change {
                Change::Enrolled(run) => runs.push(run.clone()),
                Change::Refused(refusal) => refused.push(refusal.clone()),
                Change::Logged(key, entry) => {
                    let run = runs.iter_mut().find(|run| run.key() == *key).expect("it was enrolled");
                    run.log.push(entry.clone());
                }
                Change::StateChanged(key, state) => {
                    let run = runs.iter_mut().find(|run| run.key() == *key).expect("it was enrolled");
                    run.state = state.clone();
                }
                Change::Act(_) => {}
            }
        }
        prop_assert_eq!(runs, whole.runs);
        prop_assert_eq!(refused, whole.refused);
    }
}
