//! Two leads that turn out to be one, both with runs.

use crate::scene::at;
use knock_model::Millis;
use knock_workflow::{Lead, Mailable, MergedRun, Run, RunKey, RunState, State, StoppedBy, Waiting, merge};

fn run(workflow: &str, number: u32, enrolled: &str, is_active: bool) -> Run {
    let enrolled_at = at(enrolled);
    let due_at = enrolled_at + Millis(60_000);
    let waiting = Waiting { step: "a".into(), entered_at: enrolled_at, due_at, after: 1 };
    Run {
        workflow: workflow.into(),
        version: 1,
        number,
        cause: format!("{workflow} {enrolled}"),
        enrolled_at,
        enrolled_by: enrolled_at.0.unsigned_abs(),
        state: if is_active { RunState::Active(waiting) } else { RunState::Finished },
        log: Vec::new(),
    }
}

fn with_runs(runs: Vec<Run>) -> State {
    State { lead: Lead::default(), runs }
}

/// Each run after a merge: workflow, number, enrolment, state.
fn gist(state: &State) -> Vec<String> {
    let word = |run: &Run| match &run.state {
        RunState::Active(_) => "active",
        RunState::Finished => "finished",
        RunState::Stopped(StoppedBy::Merged) => "merged",
        RunState::Stopped(_) => "stopped",
    };
    state.runs.iter().map(|run| format!("{}{} {} {}", run.workflow, run.number, run.cause, word(run))).collect()
}

#[test]
fn of_two_active_runs_the_older_one_stays_and_numbers_are_given_anew() {
    let mine = || vec![run("w", 1, "08:00", false), run("v", 1, "09:00", true), run("w", 2, "10:00", true)];
    let theirs = || vec![run("w", 1, "09:30", true), run("u", 1, "11:00", true), run("v", 1, "12:00", true)];
    let expected = [
        "w1 w 08:00 finished",
        "v1 v 09:00 active",
        "w2 w 09:30 active",
        "w3 w 10:00 merged",
        "u1 u 11:00 active",
        "v2 v 12:00 merged",
    ];
    let merged = merge(with_runs(mine()), with_runs(theirs()));
    assert_eq!(gist(&merged.state), expected);
    assert_eq!(merged.state.next_due(), Some(at("09:01")));
    let was = |is_of_former, workflow: &str, before, number, is_ended| MergedRun {
        is_of_former,
        run: RunKey { workflow: workflow.into(), number: before },
        number,
        is_ended,
    };
    let runs = [
        was(false, "w", 1, 1, false),
        was(false, "v", 1, 1, false),
        was(true, "w", 1, 2, false),
        was(false, "w", 2, 3, true),
        was(true, "u", 1, 1, false),
        was(true, "v", 1, 2, true),
    ];
    assert_eq!(merged.runs, runs);
    // The other way round the same runs stay.
    assert_eq!(gist(&merge(with_runs(theirs()), with_runs(mine())).state), expected);
}

#[test]
fn of_runs_that_began_at_once_that_of_the_lead_that_stays_goes_on() {
    let [mine, theirs] = ["mine", "theirs"].map(|cause| Run { cause: cause.into(), ..run("w", 1, "09:00", true) });
    let merged = merge(with_runs(vec![mine]), with_runs(vec![theirs]));
    assert_eq!(gist(&merged.state), ["w1 mine active", "w2 theirs merged"]);
}

#[test]
fn what_both_were_sent_counts_and_the_record_is_that_of_the_lead_that_stays() {
    let state = |sent: &[&str], wrote: Option<&str>, last_event, mailable| {
        let lead = Lead {
            sent: sent.iter().map(|when| at(when)).collect(),
            rep_wrote_at: wrote.map(at),
            last_event,
            mailable,
            ..Lead::default()
        };
        State { lead, runs: Vec::new() }
    };
    let stays = state(&["09:00", "11:00"], None, 7, Mailable::Yes);
    let goes = state(&["10:00", "11:00"], Some("10:30"), 9, Mailable::Unsubscribed);
    let lead = merge(stays, goes).state.lead;
    assert_eq!(lead.sent, ["09:00", "10:00", "11:00", "11:00"].map(at));
    assert_eq!((lead.rep_wrote_at, lead.last_event, lead.mailable), (Some(at("10:30")), 9, Mailable::Yes));
}
