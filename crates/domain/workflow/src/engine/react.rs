//! What an event does to the runs that are active (WF-O3).

use super::Engine;
use super::steps::Position;
use crate::definition::{Awaited, Cursor, StepKind, Trigger, WaitFor};
use crate::event::Standing;
use crate::lead::Applied;
use crate::run::{Outcome, RunState, StoppedBy, Waiting};

impl<'w> Engine<'w> {
    /// WF-S1 and WF-E5: stops the runs that an event stops.
    pub(super) fn stop_runs(&mut self, applied: &Applied<'_>, runs: usize) {
        for place in 0..runs {
            let run = &self.state.runs[place];
            let fires = |trigger: &Trigger| trigger.fires(applied, &self.state.lead, run.enrolled_by);
            let is_stopped = || self.versions.of(run).is_some_and(|workflow| workflow.stop_when.iter().any(fires));
            let by = match self.state.lead.standing {
                _ if !run.is_active() => continue,
                Standing::Spam => StoppedBy::Spam,
                Standing::Normal | Standing::Rejected if is_stopped() => StoppedBy::Event(applied.event.id.clone()),
                Standing::Normal | Standing::Rejected => continue,
            };
            self.set_state(place, RunState::Stopped(by));
        }
    }

    /// Ends the waits that an event ends (WF-W3, WF-W4), in the order in which the runs began.
    pub(super) fn end_waits(&mut self, applied: &Applied<'_>, runs: usize) {
        let at = applied.event.received_at;
        for place in 0..runs {
            let Some((mut cursor, waiting, wait)) = self.wait_for(place) else { continue };
            // After an outage the time of a wait can be up before its timer is carried out.
            let is_in_time = at <= waiting.due_at;
            let is_over = match &wait.awaited {
                Awaited::Event(trigger) => trigger.fires(applied, &self.state.lead, waiting.after),
                Awaited::Condition(condition) => self.state.lead.matches(condition, at),
            };
            if is_in_time && is_over {
                self.log(place, &cursor, at, Outcome::Happened);
                cursor.enter(&wait.then);
                self.go(place, Position { cursor, entered: at, now: at });
            }
        }
    }

    /// The wait for an event or a condition that a run is in.
    fn wait_for(&self, place: usize) -> Option<(Cursor<'w>, Waiting, &'w WaitFor)> {
        let run = self.state.runs.get(place)?;
        let waiting = run.waiting()?;
        let cursor = Cursor::at(&self.versions.of(run)?.steps, &waiting.step)?;
        match &cursor.step()?.kind {
            StepKind::WaitFor(wait) => Some((cursor, waiting.clone(), wait)),
            StepKind::Wait(_)
            | StepKind::WaitUntil(_)
            | StepKind::Branch { .. }
            | StepKind::Act { .. }
            | StepKind::Stop => None,
        }
    }
}
