//! Workflows: which of them a lead is in, what each step did, and what a run waits for (IU-04, IU-17..IU-19).
//!
//! An [`Engine`] holds the state of one lead. It is fed events and timers in the order in which they take effect; the
//! results are [`Change`]s: enrolments, refusals, log entries, and the actions to carry out. A [`replay`] feeds a whole
//! history to the same engine.
#![no_std]

extern crate alloc;

mod definition;
mod engine;
mod event;
mod lead;
mod local;
mod merge;
mod placeholder;
mod reason;
mod replay;
mod run;

pub use definition::{
    Action, Again, Audience, Awaited, Cap, InvalidWorkflow, Step, StepKind, Trigger, Version, Versions, WaitFor,
    Workflow,
};
pub use engine::{Change, Effect, Engine, NudgeCount, State};
pub use event::{Author, Consent, Event, EventKind, Mailable, Origin, Standing};
pub use lead::{Lead, Signal};
pub use local::{Quiet, WaitUntil, Weekday, Zone};
pub use merge::{Merged, MergedRun, merge};
pub use placeholder::{
    InvalidPlaceholder, NUDGE_PLACEHOLDERS, PLACEHOLDERS, check_nudge_placeholders, check_placeholders,
    fill_placeholders,
};
pub use reason::{Failure, Refusal, RefusalReason, SkipReason};
pub use replay::{History, Outage, Replay, replay};
pub use run::{Entry, Outcome, Run, RunKey, RunState, StoppedBy, Waiting};
