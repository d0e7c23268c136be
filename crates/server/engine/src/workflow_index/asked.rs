//! What a workflow asks: its steps, its triggers and its conditions, those of branches included.

use knock_routing::Condition;
use knock_workflow::{Awaited, Step, StepKind, Trigger, WaitFor, Workflow};

/// All steps, each before those within it.
pub(super) fn all_steps(workflow: &Workflow) -> Vec<&Step> {
    let mut steps = Vec::new();
    collect(&workflow.steps, &mut steps);
    steps
}

fn collect<'w>(from: &'w [Step], to: &mut Vec<&'w Step>) {
    for step in from {
        to.push(step);
        match &step.kind {
            StepKind::Branch { then, otherwise, .. } | StepKind::WaitFor(WaitFor { then, otherwise, .. }) => {
                collect(then, to);
                collect(otherwise, to);
            }
            StepKind::Wait(_) | StepKind::WaitUntil(_) | StepKind::Act { .. } | StepKind::Stop => {}
        }
    }
}

/// The triggers that stop runs and that end waits.
pub(super) fn inner_triggers(workflow: &Workflow) -> impl Iterator<Item = &Trigger> {
    let awaited = all_steps(workflow).into_iter().filter_map(|step| match &step.kind {
        StepKind::WaitFor(WaitFor { awaited: Awaited::Event(trigger), .. }) => Some(trigger),
        StepKind::WaitFor(_)
        | StepKind::Wait(_)
        | StepKind::WaitUntil(_)
        | StepKind::Branch { .. }
        | StepKind::Act { .. }
        | StepKind::Stop => None,
    });
    workflow.stop_when.iter().chain(awaited)
}

/// The conditions of the enrolment, of branches and of waits.
pub(super) fn conditions(workflow: &Workflow) -> impl Iterator<Item = &Condition> {
    let of_steps = all_steps(workflow).into_iter().filter_map(|step| match &step.kind {
        StepKind::Branch { condition, .. }
        | StepKind::WaitFor(WaitFor { awaited: Awaited::Condition(condition), .. }) => Some(condition),
        StepKind::WaitFor(_) | StepKind::Wait(_) | StepKind::WaitUntil(_) | StepKind::Act { .. } | StepKind::Stop => {
            None
        }
    });
    workflow.when.iter().chain(of_steps)
}
