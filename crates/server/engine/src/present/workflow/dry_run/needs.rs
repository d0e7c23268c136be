//! What a draft asks for: the rest of a history is not read.

use knock_model::Millis;
use knock_workflow::{Action, Audience, Awaited, StepKind, Trigger, WaitFor, Workflow};
use std::collections::BTreeSet;

/// The parts of histories that a workflow depends on.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// The names of the fields of its conditions and triggers.
    fields: BTreeSet<String>,
    /// The names of those whose changes are events: triggers and waits react to them.
    watched: BTreeSet<String>,
    /// How long before an event signals and actions are read that count.
    pub(super) window: Millis,
    /// Whether messages of chats matter: as events, or for an action that a rep's message keeps away.
    pub(super) messages: bool,
    /// Whether it sends mails.
    pub(super) mails: bool,
    /// Whether a status can enrol a lead who has not been seen for long.
    pub(super) is_of_statuses: bool,
    /// Whether a browser without a lead can be enrolled.
    pub(super) is_of_browsers: bool,
}

impl Needs {
    pub(super) fn of(workflow: &Workflow) -> Needs {
        let mut needs = Needs::default();
        for (_, condition) in workflow.conditions() {
            needs.fields.extend(condition.fields().into_iter().map(|field| field.name().to_owned()));
        }
        for (_, trigger) in workflow.triggers() {
            match trigger {
                Trigger::Signal { .. } => needs.window = needs.window.max(trigger.looks_back().unwrap_or(Millis(0))),
                Trigger::Field { field, .. } => drop(needs.watched.insert(field.name().to_owned())),
                Trigger::Message { .. } => needs.messages = true,
                Trigger::Form { .. } | Trigger::Link { .. } => {}
            }
        }
        for (_, step) in workflow.all_steps() {
            match &step.kind {
                StepKind::Act { action, .. } => {
                    needs.messages |= matches!(action, Action::Nudge | Action::Message);
                    needs.mails |= *action == Action::Mail;
                }
                StepKind::WaitFor(WaitFor { awaited: Awaited::Condition(is), .. }) => {
                    needs.watched.extend(is.fields().into_iter().map(|field| field.name().to_owned()));
                }
                StepKind::Wait(_)
                | StepKind::WaitUntil(_)
                | StepKind::WaitFor(_)
                | StepKind::Branch { .. }
                | StepKind::Stop => {}
            }
        }
        needs.fields.extend(needs.watched.iter().cloned());
        needs.window = needs.window.max(workflow.cap.map_or(Millis(0), |cap| cap.within));
        needs.is_of_statuses = matches!(workflow.trigger, Trigger::Field { .. });
        needs.is_of_browsers = match workflow.trigger {
            Trigger::Signal { .. } | Trigger::Form { .. } | Trigger::Link { .. } => true,
            Trigger::Field { .. } | Trigger::Message { .. } => false,
        };
        needs
    }

    /// Whether a change of a field is an event.
    pub(super) fn watches(&self, field: &str) -> bool {
        self.watched.contains(field)
    }

    /// Whether the value of a field matters.
    pub(super) fn asks(&self, field: &str) -> bool {
        self.fields.contains(field)
    }

    /// Whether a field with a name that begins so matters.
    pub(super) fn asks_any(&self, start: &str) -> bool {
        self.fields.iter().any(|field| field.starts_with(start))
    }

    /// Whether any field matters.
    pub(super) fn asks_fields(&self) -> bool {
        !self.fields.is_empty()
    }
}

/// The actions of a workflow to the lead, by the id of their steps.
pub(super) fn steps_to_lead(workflow: &Workflow) -> BTreeSet<String> {
    let steps = workflow.all_steps().into_iter().filter(|(_, step)| match &step.kind {
        StepKind::Act { action, .. } => action.audience() == Audience::Lead,
        StepKind::Wait(_)
        | StepKind::WaitUntil(_)
        | StepKind::WaitFor(_)
        | StepKind::Branch { .. }
        | StepKind::Stop => false,
    });
    steps.map(|(_, step)| step.id.clone()).collect()
}
