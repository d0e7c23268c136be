//! What an event or a timer changed.

use crate::definition::Action;
use crate::reason::Refusal;
use crate::run::{Entry, Run, RunKey, RunState};
use alloc::string::String;
use knock_model::Millis;

/// A decision, which a server records in the transaction of its cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The lead was enrolled: the run before its first step.
    Enrolled(Run),
    /// An enrolment was refused.
    Refused(Refusal),
    /// A step of a run did something.
    Logged(RunKey, Entry),
    /// An action is to be carried out; its entry `done` comes before.
    Act(Effect),
    /// A run waits at a step, or has ended; it is on the version that it has in the state of the engine.
    StateChanged(RunKey, RunState),
}

/// An action to carry out, once for each run, step and visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub run: RunKey,
    /// The id of the step.
    pub step: String,
    /// The number of the visit of the run to the step, from 1.
    pub visit: u32,
    pub action: Action,
    /// The instant at which it is carried out.
    pub at: Millis,
}
