//! Runs that go on in another version of their workflow.

use super::steps::Position;
use super::{Change, Engine};
use crate::definition::{Awaited, Cursor, Step, StepKind, Version};
use crate::run::{Outcome, RunKey, RunState, Waiting};
use alloc::vec::Vec;
use knock_model::Millis;

impl<'w> Engine<'w> {
    /// Lets an active run go on in another version, by the ids of the steps. At a step that the version has, the run
    /// stays, and its time is up as that step says. From a step that is gone it goes now to the first step behind it
    /// that the version still has; without one it is finished. A version that the engine does not know changes nothing.
    /// Returns the changes.
    pub fn move_to(&mut self, run: &RunKey, version: u32, now: Millis) -> Vec<Change> {
        let found = self.state.runs.iter().position(|one| one.workflow == run.workflow && one.number == run.number);
        let target = self.versions.find(&run.workflow, version);
        if let (Some(place), Some(target)) = (found, target) {
            self.carry_over(place, target, now);
        }
        core::mem::take(&mut self.changes)
    }

    fn carry_over(&mut self, place: usize, target: Version<'w>, now: Millis) {
        let run = &self.state.runs[place];
        let Some(waiting) = run.waiting().cloned().filter(|_| run.version != target.number) else { return };
        let former = self.versions.of(run);
        self.state.runs[place].version = target.number;
        let steps = &target.workflow.steps;
        if let Some(cursor) = Cursor::at(steps, &waiting.step) {
            return self.stay(place, cursor, waiting, now);
        }
        let next = former.and_then(|former| behind(Cursor::at(&former.steps, &waiting.step)?, steps));
        match next {
            Some(cursor) => self.go(place, Position { cursor, entered: now, now }),
            None => self.set_state(place, RunState::Finished),
        }
    }

    /// The run is at a step of its new version that it had entered in the old one.
    fn stay(&mut self, place: usize, mut cursor: Cursor<'w>, waiting: Waiting, now: Millis) {
        let Some(step) = cursor.step() else { return };
        let entered = waiting.entered_at;
        let due_at = match &step.kind {
            StepKind::Wait(span) => entered + *span,
            StepKind::WaitUntil(until) => until.next(entered).unwrap_or(Millis(i64::MAX)),
            StepKind::WaitFor(wait) => {
                let due_at = entered + wait.within;
                match &wait.awaited {
                    Awaited::Condition(condition) if now <= due_at && self.state.lead.matches(condition, now) => {
                        self.log(place, &cursor, now, Outcome::Happened);
                        cursor.enter(&wait.then);
                        return self.go(place, Position { cursor, entered: now, now });
                    }
                    Awaited::Condition(_) | Awaited::Event(_) => due_at,
                }
            }
            // A deferred action is tried at the end of its quiet time, by the rules of the new version.
            StepKind::Act { .. } if entered > now => entered,
            StepKind::Act { .. } | StepKind::Branch { .. } | StepKind::Stop => {
                return self.go(place, Position { cursor, entered: now, now });
            }
        };
        self.set_state(place, RunState::Active(Waiting { due_at, ..waiting }));
    }
}

/// The place of the first step behind a place that is among these steps too.
fn behind<'w>(mut cursor: Cursor<'_>, steps: &'w [Step]) -> Option<Cursor<'w>> {
    loop {
        cursor.advance();
        if let Some(found) = Cursor::at(steps, &cursor.step()?.id) {
            return Some(found);
        }
    }
}
