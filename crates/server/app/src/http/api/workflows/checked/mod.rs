//! Validation of drafts against the workspace.

mod channels;
mod contents;
mod texts;

pub(super) use channels::unknown_channels;

use crate::http::api::rules::{never_so, unknown_field};
use crate::http::problem::Problem;
use contents::check_contents;
use knock_engine::WORKFLOW_SENT_KEPT;
use knock_model::{Millis, WorkflowId};
use knock_ports::{StoreError, View};
use knock_wire::{FieldError, WorkflowDraft, WorkflowSettings};
use knock_workflow::{InvalidWorkflow, Trigger, Workflow};

/// The longest name of a workflow, in characters.
const LONGEST_NAME: usize = 100;
/// The id of a draft that has none yet.
const UNSAVED: &str = "draft";

/// Refuses a draft without a name, that can never do what it says, or whose actions are not complete. `at` is the place
/// of the draft in the body.
pub(super) fn checked(
    view: &dyn View,
    draft: &WorkflowDraft,
    id: Option<WorkflowId>,
    at: &str,
) -> Result<Vec<FieldError>, StoreError> {
    let mut errors = Vec::new();
    let name = draft.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        let reason = format!("must have 1 to {LONGEST_NAME} characters, on one line");
        errors.push(FieldError { pointer: format!("{at}/name"), reason });
    }
    // A server gives the id.
    let definition = Workflow { id: UNSAVED.to_owned(), ..draft.definition.clone() };
    if let Err(InvalidWorkflow { field, reason }) = definition.check() {
        errors.push(FieldError { pointer: pointer(at, &field), reason });
    }
    if let Some(reason) = definition.cap.and_then(|cap| too_long(cap.within)) {
        errors.push(FieldError { pointer: format!("{at}/definition/cap/within_ms"), reason });
    }
    let of_fields = check_fields(view, &definition, id, at)?;
    let is_new = |error: &FieldError| !errors.iter().any(|known| known.pointer == error.pointer);
    let of_fields: Vec<FieldError> = of_fields.into_iter().filter(is_new).collect();
    errors.extend(of_fields);
    errors.extend(check_contents(view, draft, at)?);
    Ok(errors)
}

/// Refuses fields that the workspace does not have, unless the version before asks for them too.
fn check_fields(
    view: &dyn View,
    definition: &Workflow,
    id: Option<WorkflowId>,
    at: &str,
) -> Result<Vec<FieldError>, StoreError> {
    let before = match id {
        Some(id) => view.newest_workflow_versions()?.into_iter().find(|version| version.workflow == id),
        None => None,
    };
    let saved = before.map(|version| fields_of(&version.draft.definition)).unwrap_or_default();
    let mut errors = Vec::new();
    for (place, condition) in definition.conditions() {
        if let Some(reason) = never_so(view, condition, &saved)? {
            errors.push(FieldError { pointer: pointer(at, &place), reason });
        }
    }
    let links = view.links()?;
    for (place, trigger) in definition.triggers() {
        let reason = match trigger {
            Trigger::Field { field, .. } => unknown_field(view, &[field.name().to_owned()], &saved)?,
            Trigger::Link { link: Some(link) } if !links.iter().any(|known| known.slug == *link) => {
                Some(format!("`{link}` is no Knock Link"))
            }
            Trigger::Signal { .. } | Trigger::Message { .. } | Trigger::Form { .. } | Trigger::Link { .. } => None,
        };
        errors.extend(reason.map(|reason| FieldError { pointer: pointer(at, &place), reason }));
    }
    Ok(errors)
}

/// The names of all fields that a workflow asks for.
fn fields_of(definition: &Workflow) -> Vec<String> {
    let of_conditions = definition.conditions();
    let of_conditions = of_conditions.iter().flat_map(|(_, condition)| condition.fields());
    let of_triggers = definition.triggers().into_iter().filter_map(|(_, trigger)| match trigger {
        Trigger::Field { field, .. } => Some(field),
        Trigger::Signal { .. } | Trigger::Message { .. } | Trigger::Form { .. } | Trigger::Link { .. } => None,
    });
    of_conditions.chain(of_triggers).map(|field| field.name().to_owned()).collect()
}

/// Refuses settings by which no action would ever reach a lead.
pub(super) fn checked_settings(settings: &WorkflowSettings) -> Result<(), Problem> {
    let wrong = |pointer: &str, reason: &str| {
        Err(Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() }))
    };
    if settings.quiet.as_ref().is_some_and(|quiet| quiet.from == quiet.to && quiet.days.is_empty()) {
        return wrong("/quiet", "expected hours of some length, or days");
    }
    match settings.cap {
        Some(cap) if cap.actions == 0 => wrong("/cap/actions", "expected more than 0"),
        Some(cap) if cap.within.0 <= 0 => wrong("/cap/within_ms", "expected more than 0"),
        Some(cap) => too_long(cap.within).map_or(Ok(()), |reason| wrong("/cap/within_ms", &reason)),
        None => Ok(()),
    }
}

/// What is wrong with the span of a cap.
fn too_long(within: Millis) -> Option<String> {
    let most = WORKFLOW_SENT_KEPT;
    (within > most).then(|| format!("is longer than {} days", most.0 / Millis::DAY.0))
}

/// The place of a part such as `steps[2].then[0].wait.for_ms` in the body, as a JSON pointer.
fn pointer(at: &str, part: &str) -> String {
    let part = part.replace("].", "/").replace(['[', '.'], "/").replace(']', "");
    format!("{at}/definition/{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_named_by_a_json_pointer() {
        for (part, expected) in [
            ("trigger.within_ms", "/draft/definition/trigger/within_ms"),
            ("steps[2].then[0].wait.for_ms", "/draft/definition/steps/2/then/0/wait/for_ms"),
            ("stop_when[1]", "/draft/definition/stop_when/1"),
        ] {
            assert_eq!(pointer("/draft", part), expected);
        }
    }
}
