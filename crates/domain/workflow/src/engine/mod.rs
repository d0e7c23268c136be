//! The engine: events and timers of one lead to enrolments, log entries and actions.

mod act;
mod change;
mod enrol;
mod moved;
mod react;
mod steps;

use crate::definition::Versions;
use crate::event::{Event, Origin};
use crate::lead::Lead;
use crate::run::{Run, RunKey, RunState, StoppedBy};
use alloc::vec::Vec;
pub use change::{Change, Effect};
use jiff::Timestamp;
use knock_model::Millis;

/// The state of a lead's workflows, which a server stores between events.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct State {
    pub lead: Lead,
    /// All runs of the lead, in the order in which they began. Logs of ended runs may be empty; those of active runs
    /// are whole, since they count the visits to a step.
    pub runs: Vec<Run>,
}

impl State {
    /// The least instant at which the timer of an active run is due, also of one whose version no engine knows; `None`
    /// without one.
    pub fn next_due(&self) -> Option<Millis> {
        let due = self.runs.iter().filter_map(|run| Some(run.waiting()?.due_at)).min();
        due.filter(|due| Timestamp::from_millisecond(due.0).is_ok())
    }
}

/// When a nudge counts for caps (WF-A4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NudgeCount {
    /// As soon as it is ready for the browser.
    #[default]
    Ready,
    /// Once it is shown, which an event [`crate::EventKind::Sent`] says.
    Shown,
}

/// The workflows of one lead, at some instant.
#[derive(Clone, Debug)]
pub struct Engine<'w> {
    versions: Versions<'w>,
    nudges: NudgeCount,
    state: State,
    changes: Vec<Change>,
}

impl<'w> Engine<'w> {
    /// An engine in a state.
    #[must_use]
    pub const fn new(versions: Versions<'w>, nudges: NudgeCount, state: State) -> Engine<'w> {
        Engine { versions, nudges, state, changes: Vec::new() }
    }

    /// The state, to be stored.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The state, to be stored, without the engine.
    #[must_use]
    pub fn into_state(self) -> State {
        self.state
    }

    /// Takes an event at the instant at which it was received (WF-O1): carries out the timers that were due before
    /// (WF-O2), then stops runs, ends waits and enrols (WF-O3). Returns the changes in their order.
    pub fn receive(&mut self, event: &Event) -> Vec<Change> {
        if event.number > self.state.lead.last_event {
            self.carry_out(event.received_at - Millis(1), event.received_at);
            self.apply(event);
        }
        core::mem::take(&mut self.changes)
    }

    /// Carries out the timers that were due before an event, at the instant at which it was received (WF-O2). A server does
    /// so before it passes on what the event changed. Returns the changes in their order.
    pub fn settle_before(&mut self, received_at: Millis) -> Vec<Change> {
        self.carry_out(received_at - Millis(1), received_at);
        core::mem::take(&mut self.changes)
    }

    /// Carries out the timers that are due at `now`, in their order. Steps are entered and logged at their due
    /// instants, actions are carried out at `now` (WF-L1). Returns the changes in their order.
    pub fn advance(&mut self, now: Millis) -> Vec<Change> {
        self.carry_out(now, now);
        core::mem::take(&mut self.changes)
    }

    /// Stops a run, unless it has ended. Returns the changes.
    pub fn stop(&mut self, run: &RunKey, by: StoppedBy) -> Vec<Change> {
        let found = self.state.runs.iter().position(|one| one.workflow == run.workflow && one.number == run.number);
        if let Some(run) = found.filter(|place| self.state.runs[*place].is_active()) {
            self.set_state(run, RunState::Stopped(by));
        }
        core::mem::take(&mut self.changes)
    }

    /// The least instant at which a timer is due; `None` without one.
    pub fn next_due(&self) -> Option<Millis> {
        let due = self.next_timer().map(|(due, _)| due);
        due.filter(|due| Timestamp::from_millisecond(due.0).is_ok())
    }

    /// Takes an event without the timers before it. An event that was taken before changes nothing.
    pub(crate) fn apply(&mut self, event: &Event) {
        if event.number <= self.state.lead.last_event {
            return;
        }
        let before = self.state.runs.len();
        let applied = self.state.lead.apply(event);
        self.stop_runs(&applied, before);
        self.end_waits(&applied, before);
        if event.origin != Origin::Workflow {
            self.enrol_by(&applied);
        }
    }

    pub(crate) fn take_changes(&mut self) -> Vec<Change> {
        core::mem::take(&mut self.changes)
    }

    /// Carries out the timers due up to `until`, at `now`.
    pub(crate) fn carry_out(&mut self, until: Millis, now: Millis) {
        while let Some((due, run)) = self.next_timer().filter(|(due, _)| *due <= until) {
            self.time_out(run, due, now);
        }
    }

    /// The timer that comes first: by its due instant, the order of the workflows, the number of the run (WF-O2).
    fn next_timer(&self) -> Option<(Millis, usize)> {
        let timers = self.state.runs.iter().enumerate().filter_map(|(place, run)| {
            let waiting = run.waiting()?;
            self.versions.of(run)?;
            Some(((waiting.due_at, self.versions.order(&run.workflow), run.number), place))
        });
        timers.min().map(|((due, ..), place)| (due, place))
    }
}
