//! The parts of a workflow with their places, such as `steps[2].then[0].branch`.

use super::{Awaited, Step, StepKind, Trigger, Workflow};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use knock_routing::Condition;

impl Workflow {
    /// All steps, those of branches behind the step that has them, each with its place.
    #[must_use]
    pub fn all_steps(&self) -> Vec<(String, &Step)> {
        let mut found = Vec::new();
        collect("steps", &self.steps, &mut found);
        found
    }

    /// All conditions: of the enrolment, of branches and of waits.
    #[must_use]
    pub fn conditions(&self) -> Vec<(String, &Condition)> {
        let when = self.when.iter().map(|when| (String::from("when"), when));
        let of_steps = self.all_steps().into_iter().filter_map(|(place, step)| match &step.kind {
            StepKind::Branch { condition, .. } => Some((format!("{place}.branch"), condition)),
            StepKind::WaitFor(wait) => match &wait.awaited {
                Awaited::Condition(condition) => Some((format!("{place}.wait_for.is"), condition)),
                Awaited::Event(_) => None,
            },
            StepKind::Wait(_) | StepKind::WaitUntil(_) | StepKind::Act { .. } | StepKind::Stop => None,
        });
        when.chain(of_steps).collect()
    }

    /// All triggers: of the enrolment, of stops and of waits.
    #[must_use]
    pub fn triggers(&self) -> Vec<(String, &Trigger)> {
        let stops = self.stop_when.iter().enumerate().map(|(place, stop)| (format!("stop_when[{place}]"), stop));
        let of_steps = self.all_steps().into_iter().filter_map(|(place, step)| match &step.kind {
            StepKind::WaitFor(wait) => match &wait.awaited {
                Awaited::Event(event) => Some((format!("{place}.wait_for.event"), event)),
                Awaited::Condition(_) => None,
            },
            StepKind::Wait(_)
            | StepKind::WaitUntil(_)
            | StepKind::Branch { .. }
            | StepKind::Act { .. }
            | StepKind::Stop => None,
        });
        core::iter::once((String::from("trigger"), &self.trigger)).chain(stops).chain(of_steps).collect()
    }
}

fn collect<'w>(path: &str, steps: &'w [Step], found: &mut Vec<(String, &'w Step)>) {
    for (place, step) in steps.iter().enumerate() {
        let place = format!("{path}[{place}]");
        found.push((place.clone(), step));
        let [then, otherwise] = step.branches();
        collect(&format!("{place}.then"), then, found);
        collect(&format!("{place}.else"), otherwise, found);
    }
}
