//! Two leads that turn out to be one.

use crate::engine::State;
use crate::run::{Run, RunKey, RunState, StoppedBy};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// The state of a lead into whom another one was merged.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub state: State,
    /// The runs of both, in the order of those of the state.
    pub runs: Vec<MergedRun>,
}

/// A run of one of two leads that are merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedRun {
    /// Whether it was a run of the lead that goes.
    pub is_of_former: bool,
    /// Its identity within that lead.
    pub run: RunKey,
    /// Its number within the merged lead.
    pub number: u32,
    /// Whether the merge ended it: both leads were inside the workflow, and the run of the other one is older.
    pub is_ended: bool,
}

/// Merges what workflows know of two leads. What both were sent counts for caps; fields, standing and mailability are
/// those of the lead that stays. Of two active runs of a workflow the older one stays. Runs are numbered anew in the
/// order in which they began.
#[must_use]
pub fn merge(stays: State, goes: State) -> Merged {
    let State { mut lead, runs } = stays;
    lead.sent.extend(goes.lead.sent);
    lead.sent.sort_unstable();
    lead.signals.extend(goes.lead.signals);
    lead.signals.sort_by_key(|signal| signal.number);
    lead.rep_wrote_at = lead.rep_wrote_at.max(goes.lead.rep_wrote_at);
    lead.last_event = lead.last_event.max(goes.lead.last_event);
    let of_former = goes.runs.into_iter().map(|run| (true, run));
    let mut all: Vec<(bool, Run)> = runs.into_iter().map(|run| (false, run)).chain(of_former).collect();
    // Of runs that began at once, those of the lead that stays come first.
    all.sort_by_key(|(_, run)| (run.enrolled_at, run.enrolled_by));
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut inside: Vec<String> = Vec::new();
    let mut merged = Merged { state: State { lead, runs: Vec::new() }, runs: Vec::new() };
    for (is_of_former, mut run) in all {
        let key = run.key();
        let number = numbers.entry(run.workflow.clone()).or_default();
        *number += 1;
        run.number = *number;
        let is_ended = run.is_active() && inside.contains(&run.workflow);
        if is_ended {
            run.state = RunState::Stopped(StoppedBy::Merged);
        } else if run.is_active() {
            inside.push(run.workflow.clone());
        }
        merged.runs.push(MergedRun { is_of_former, run: key, number: run.number, is_ended });
        merged.state.runs.push(run);
    }
    merged
}
