//! One version of a workflow.

use knock_model::Millis;
use knock_ports::StoredVersion;
use knock_wire::{StepContent, WorkflowSettings};
use knock_workflow::{Step, StepKind, Workflow};
use std::collections::BTreeMap;

/// A version of a workflow.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) number: u32,
    pub(super) name: String,
    pub(super) saved_at: Millis,
    pub(super) workflow: Workflow,
    pub(super) contents: BTreeMap<String, StepContent>,
}

/// A stored version, with the settings of the workspace where it has none of its own.
pub(super) fn loaded(version: StoredVersion, enabled: bool, settings: &WorkflowSettings) -> Loaded {
    let StoredVersion { workflow: id, number, draft, saved_at, .. } = version;
    let definition = draft.definition;
    let workflow = Workflow {
        id: id.to_string(),
        enabled,
        quiet: definition.quiet.clone().or_else(|| settings.quiet.clone()),
        cap: definition.cap.or(settings.cap),
        ..definition
    };
    Loaded { number, name: draft.name, saved_at, workflow, contents: draft.contents }
}

/// How much later than its entry an action may come.
pub(super) fn expiry(step: &Step) -> Option<Millis> {
    match &step.kind {
        StepKind::Act { action, expires } => Some(expires.unwrap_or(action.expiry())),
        StepKind::Wait(_)
        | StepKind::WaitUntil(_)
        | StepKind::WaitFor(_)
        | StepKind::Branch { .. }
        | StepKind::Stop => None,
    }
}
