//! The way of a run through its steps.

use super::{Change, Engine};
use crate::definition::{Awaited, Cursor, StepKind};
use crate::run::{Entry, Outcome, RunState, StoppedBy, Waiting};
use knock_model::Millis;

/// The place of a run among its steps.
pub(super) struct Position<'w> {
    pub(super) cursor: Cursor<'w>,
    /// The instant of the entry into the step: the due instant of the step before it, or the instant at which the
    /// action before it was carried out (WF-L1).
    pub(super) entered: Millis,
    /// The instant at which actions are carried out.
    pub(super) now: Millis,
}

impl<'w> Engine<'w> {
    /// Goes through the steps up to one that waits, or to the end.
    pub(super) fn go(&mut self, run: usize, mut position: Position<'w>) {
        while let Some(step) = position.cursor.step() {
            let entered = position.entered;
            match &step.kind {
                StepKind::Wait(span) => return self.rest(run, &position.cursor, entered, entered + *span),
                StepKind::WaitUntil(until) => {
                    let due = until.next(entered).unwrap_or(Millis(i64::MAX));
                    return self.rest(run, &position.cursor, entered, due);
                }
                StepKind::WaitFor(wait) => match &wait.awaited {
                    Awaited::Condition(condition) if self.state.lead.matches(condition, entered) => {
                        self.log(run, &position.cursor, entered, Outcome::Happened);
                        position.cursor.enter(&wait.then);
                    }
                    Awaited::Condition(_) | Awaited::Event(_) => {
                        return self.rest(run, &position.cursor, entered, entered + wait.within);
                    }
                },
                StepKind::Branch { condition, then, otherwise } => {
                    let (outcome, branch) = if self.state.lead.matches(condition, entered) {
                        (Outcome::Then, then)
                    } else {
                        (Outcome::Else, otherwise)
                    };
                    self.log(run, &position.cursor, entered, outcome);
                    position.cursor.enter(branch);
                }
                StepKind::Stop => {
                    self.log(run, &position.cursor, entered, Outcome::Stopped);
                    return self.set_state(run, RunState::Stopped(StoppedBy::Step(step.id.clone())));
                }
                StepKind::Act { action, expires } => {
                    let Some(next) = self.act(run, position, *action, *expires) else { return };
                    position = next;
                }
            }
        }
        self.set_state(run, RunState::Finished);
    }

    /// The timer of a run is due.
    pub(super) fn time_out(&mut self, run: usize, due: Millis, now: Millis) {
        let Some((mut cursor, entered)) = self.place_of(run) else {
            // The version has no such step: the run cannot go on.
            return self.set_state(run, RunState::Finished);
        };
        let Some(step) = cursor.step() else { return self.set_state(run, RunState::Finished) };
        match &step.kind {
            StepKind::Wait(_) | StepKind::WaitUntil(_) => {
                self.log(run, &cursor, due, Outcome::Waited);
                cursor.advance();
            }
            StepKind::WaitFor(wait) => {
                self.log(run, &cursor, due, Outcome::TimedOut);
                cursor.enter(&wait.otherwise);
            }
            // An action that was deferred is tried anew.
            StepKind::Act { .. } => return self.go(run, Position { cursor, entered, now }),
            StepKind::Branch { .. } | StepKind::Stop => {}
        }
        self.go(run, Position { cursor, entered: due, now });
    }

    /// The step at which a run waits, with the instant of its entry.
    fn place_of(&self, run: usize) -> Option<(Cursor<'w>, Millis)> {
        let run = &self.state.runs[run];
        let waiting = run.waiting()?;
        Some((Cursor::at(&self.versions.of(run)?.steps, &waiting.step)?, waiting.entered_at))
    }

    /// Leaves a run at a step until its timer is due.
    pub(super) fn rest(&mut self, run: usize, cursor: &Cursor<'w>, entered_at: Millis, due_at: Millis) {
        let step = cursor.step().map(|step| step.id.clone()).unwrap_or_default();
        let waiting = Waiting { step, entered_at, due_at, after: self.state.lead.last_event };
        self.set_state(run, RunState::Active(waiting));
    }

    /// Gives a run another state.
    pub(super) fn set_state(&mut self, run: usize, state: RunState) {
        let run = &mut self.state.runs[run];
        run.state = state;
        self.changes.push(Change::StateChanged(run.key(), run.state.clone()));
    }

    /// Adds an entry to the log of a run.
    pub(super) fn log(&mut self, run: usize, cursor: &Cursor<'w>, at: Millis, outcome: Outcome) {
        let Some(step) = cursor.step() else { return };
        let entry = Entry { step: step.id.clone(), at, outcome };
        let run = &mut self.state.runs[run];
        run.log.push(entry.clone());
        self.changes.push(Change::Logged(run.key(), entry));
    }
}
