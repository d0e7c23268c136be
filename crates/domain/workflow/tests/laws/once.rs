//! Nothing is done twice.

use crate::made::{CASES, any_history};
use knock_workflow::{Change, Outcome, RunState, replay};
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    /// Each step of a run acts at most once for a visit, and `done` is logged as often as an action is handed out.
    #[test]
    fn a_step_acts_once(made in any_history()) {
        let whole = replay(&made.history(), made.until);
        let mut acted = BTreeSet::new();
        for change in &whole.changes {
            if let Change::Act(effect) = change {
                prop_assert!(acted.insert((effect.run.clone(), effect.step.clone(), effect.visit)), "{:?}", effect);
            }
        }
        let done = whole.runs.iter().flat_map(|run| &run.log).filter(|entry| entry.outcome == Outcome::Done).count();
        prop_assert_eq!(acted.len(), done);
    }

    /// WF-E3: of one workflow one run is active at most, and runs are numbered in the order in which they began.
    #[test]
    fn one_run_of_a_workflow_is_active(made in any_history()) {
        let whole = replay(&made.history(), made.until);
        for workflow in &made.workflows {
            let runs: Vec<_> = whole.runs.iter().filter(|run| run.workflow == workflow.id).collect();
            prop_assert!(runs.iter().filter(|run| run.is_active()).count() <= 1);
            prop_assert!(runs.iter().zip(1..).all(|(run, number)| run.number == number));
            prop_assert!(runs.is_sorted_by_key(|run| run.enrolled_at));
            let is_last = |run: &&knock_workflow::Run| run.is_active();
            prop_assert!(runs.iter().rev().skip(1).all(|run| !is_last(run)));
        }
    }

    /// WF-A4: in no window of a workflow's cap it did more than the cap allows.
    #[test]
    fn a_cap_holds(made in any_history()) {
        let whole = replay(&made.history(), made.until);
        for workflow in &made.workflows {
            let Some(cap) = workflow.cap else { continue };
            let mut sent = Vec::new();
            for change in &whole.changes {
                if let Change::Act(effect) = change
                    && effect.run.workflow == workflow.id
                    && effect.action.audience() == knock_workflow::Audience::Lead
                {
                    let recent = sent.iter().filter(|at| effect.at - **at < cap.within).count();
                    prop_assert!(recent < cap.actions as usize);
                    sent.push(effect.at);
                }
            }
        }
    }

    /// A run that ends says why, and one that waits waits at a step of its workflow.
    #[test]
    fn an_ended_run_has_no_timer(made in any_history()) {
        let whole = replay(&made.history(), made.until);
        let is_active = whole.runs.iter().any(knock_workflow::Run::is_active);
        prop_assert_eq!(whole.next_change_at.is_some(), is_active);
        for run in &whole.runs {
            match &run.state {
                RunState::Active(waiting) => prop_assert!(!waiting.step.is_empty() && waiting.entered_at <= waiting.due_at),
                RunState::Finished | RunState::Stopped(_) => prop_assert!(run.waiting().is_none()),
            }
        }
    }
}
