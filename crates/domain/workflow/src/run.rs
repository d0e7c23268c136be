//! A run of a workflow: its enrolment, its state and its log.

use crate::reason::SkipReason;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Millis;

/// A run of one lead through one version of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Run {
    /// The id of the workflow.
    pub workflow: String,
    /// The version it runs on.
    pub version: u32,
    /// Its number among the runs of this lead and workflow, from 1.
    pub number: u32,
    /// The id of the event that enrolled the lead.
    pub cause: String,
    pub enrolled_at: Millis,
    /// The number of that event: only later ones stop the run (WF-S1).
    pub enrolled_by: u64,
    pub state: RunState,
    /// What its steps did, in order. Entries are only added.
    pub log: Vec<Entry>,
}

/// The identity of a run within one lead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RunKey {
    /// The id of the workflow.
    pub workflow: String,
    /// The number of the run.
    pub number: u32,
}

/// The state of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum RunState {
    Active(Waiting),
    /// Every step is done.
    Finished,
    Stopped(StoppedBy),
}

/// The step at which a run waits, and its timer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Waiting {
    /// The id of the step: a wait, or a deferred action.
    pub step: String,
    /// The instant of the entry; for a deferred action the instant that its expiry counts from.
    pub entered_at: Millis,
    /// The instant at which the timer of the step is due.
    pub due_at: Millis,
    /// The number of the last event before the entry: only later ones end the wait (WF-W3).
    pub after: u64,
}

/// The end of a run before its last step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum StoppedBy {
    /// An event of `stop_when`, by its id (WF-S1).
    Event(String),
    /// A step, by its id (WF-S2).
    Step(String),
    /// The lead became Spam or was erased (WF-E5).
    Spam,
    /// Two leads were merged and the run of the other one stays.
    Merged,
    /// A member stopped it, by their id.
    Member(String),
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Entry {
    /// The id of the step.
    pub step: String,
    /// The due instant of the step; for an action the instant at which it was carried out (WF-L1).
    pub at: Millis,
    pub outcome: Outcome,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Outcome {
    /// The time of a wait is up.
    Waited,
    /// The awaited event happened, or the awaited condition holds.
    Happened,
    /// It did not, within the time.
    TimedOut,
    /// The condition of a branch holds.
    Then,
    /// It does not hold.
    Else,
    /// The step ended the run.
    Stopped,
    /// The action was carried out.
    Done,
    /// The action was left out.
    Skipped(SkipReason),
    /// The action waits for the end of the quiet time (WF-A3).
    Deferred { until: Millis },
}

impl Outcome {
    /// Its word in cases and in interfaces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::Waited => "waited",
            Outcome::Happened => "happened",
            Outcome::TimedOut => "timed_out",
            Outcome::Then => "then",
            Outcome::Else => "else",
            Outcome::Stopped => "stopped",
            Outcome::Done => "done",
            Outcome::Skipped(_) => "skipped",
            Outcome::Deferred { .. } => "deferred",
        }
    }

    /// The reason of an action that was skipped or deferred.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Outcome::Skipped(reason) => Some(reason.as_str()),
            Outcome::Deferred { .. } => Some("quiet"),
            Outcome::Waited
            | Outcome::Happened
            | Outcome::TimedOut
            | Outcome::Then
            | Outcome::Else
            | Outcome::Stopped
            | Outcome::Done => None,
        }
    }
}

impl Run {
    /// The identity of the run within its lead.
    #[must_use]
    pub fn key(&self) -> RunKey {
        RunKey { workflow: self.workflow.clone(), number: self.number }
    }

    /// The step and the timer of an active run.
    pub const fn waiting(&self) -> Option<&Waiting> {
        match &self.state {
            RunState::Active(waiting) => Some(waiting),
            RunState::Finished | RunState::Stopped(_) => None,
        }
    }

    /// Whether it is neither finished nor stopped.
    pub const fn is_active(&self) -> bool {
        self.waiting().is_some()
    }

    /// The number of times that an action of a step was done or left out.
    pub(crate) fn visits(&self, step: &str) -> u32 {
        let is_visit =
            |entry: &&Entry| entry.step == step && matches!(entry.outcome, Outcome::Done | Outcome::Skipped(_));
        u32::try_from(self.log.iter().filter(is_visit).count()).unwrap_or(u32::MAX)
    }
}
