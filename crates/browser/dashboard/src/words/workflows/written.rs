//! The next version of a workflow, written from its draft.

use knock_routing::Condition;
use knock_wire::{StepContent, WorkflowDraft};
use knock_workflow::{Again, Awaited, Step, StepKind, WaitFor, Workflow};
use std::collections::BTreeMap;

use super::draft::{FlowDraft, Kind, StepDraft, asks};
use super::place::{AGAIN, CAP, QUIET, STEPS};
use super::span::SpanDraft;
use super::trigger::TriggerDraft;
use crate::words::rules::draft::SegmentDraft;
use crate::words::rules::fault::{Fault, NAME};

const NO_CONDITION: &str = "Add at least one condition.";

/// The version; otherwise all missing inputs.
pub(crate) fn written(draft: &FlowDraft, segments: &[SegmentDraft]) -> Result<WorkflowDraft, Vec<Fault>> {
    write(draft, Writer { segments, is_dry: false, faults: Vec::new(), contents: BTreeMap::new() })
}

/// The same for a dry run, which asks neither for a name nor for what actions say.
pub(crate) fn written_dry(draft: &FlowDraft, segments: &[SegmentDraft]) -> Result<WorkflowDraft, Vec<Fault>> {
    write(draft, Writer { segments, is_dry: true, faults: Vec::new(), contents: BTreeMap::new() })
}

fn write(draft: &FlowDraft, mut writer: Writer<'_>) -> Result<WorkflowDraft, Vec<Fault>> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() && !writer.is_dry {
        writer.fault(NAME, "Fill in a name.");
    }
    let trigger = writer.trigger(&draft.trigger);
    let when = writer.condition(draft.when).filter(asks);
    let again = writer.again(draft);
    let stop_when: Vec<_> = draft.stops.iter().filter_map(|stop| writer.trigger(stop)).collect();
    let quiet = draft.has_quiet.then(|| draft.quiet.written()).and_then(|quiet| writer.placed(QUIET, quiet));
    let cap = draft.has_cap.then(|| draft.cap.written()).and_then(|cap| writer.placed(CAP, cap));
    if draft.steps.is_empty() {
        writer.fault(STEPS, "Add at least one step.");
    }
    let steps = writer.steps(&draft.steps);
    let Writer { faults, contents, .. } = writer;
    match trigger.filter(|_| faults.is_empty()) {
        Some(trigger) => {
            // The server sets both.
            let (id, enabled) = ("workflow".to_owned(), true);
            let definition = Workflow { id, enabled, trigger, when, again, stop_when, quiet, cap, steps };
            Ok(WorkflowDraft { name, definition, contents })
        }
        None => Err(faults),
    }
}

struct Writer<'s> {
    segments: &'s [SegmentDraft],
    is_dry: bool,
    faults: Vec<Fault>,
    contents: BTreeMap<String, StepContent>,
}

impl Writer<'_> {
    fn fault(&mut self, at: usize, reason: impl Into<String>) {
        self.faults.push(Fault { at, reason: reason.into() });
    }

    /// A value, or its fault at a place.
    fn placed<T>(&mut self, at: usize, value: Result<T, String>) -> Option<T> {
        value.map_err(|reason| self.fault(at, reason)).ok()
    }

    fn trigger(&mut self, draft: &TriggerDraft) -> Option<knock_workflow::Trigger> {
        self.placed(draft.key, draft.written())
    }

    /// The condition of a segment; a group that no lead can match is a fault at its place.
    fn condition(&mut self, key: usize) -> Option<Condition> {
        let group = &self.segments.iter().find(|segment| segment.key == key)?.when;
        let condition = group.condition(&mut self.faults);
        if matches!(&condition, Condition::Any(parts) if parts.is_empty()) {
            self.fault(group.id, NO_CONDITION);
        }
        Some(condition)
    }

    /// A condition that has to ask for something.
    fn question(&mut self, key: usize) -> Option<Condition> {
        let condition = self.condition(key)?;
        if !asks(&condition) {
            self.fault(key, NO_CONDITION);
        }
        Some(condition)
    }

    fn again(&mut self, draft: &FlowDraft) -> Again {
        match draft.again.as_str() {
            "always" => Again::Always,
            "after" => self.placed(AGAIN, draft.again_after.written()).map_or(Again::Once, Again::AfterMs),
            _ => Again::Once,
        }
    }

    fn steps(&mut self, steps: &[StepDraft]) -> Vec<Step> {
        steps.iter().filter_map(|step| self.step(step)).collect()
    }

    fn step(&mut self, draft: &StepDraft) -> Option<Step> {
        let key = draft.key;
        let kind = match draft.kind {
            Kind::Wait => StepKind::Wait(self.placed(key, draft.span.written())?),
            Kind::WaitUntil => StepKind::WaitUntil(self.placed(key, draft.until.written())?),
            Kind::WaitFor => self.wait_for(draft)?,
            Kind::Branch => {
                let condition = self.question(key);
                let (then, otherwise) = (self.steps(&draft.then), self.steps(&draft.otherwise));
                StepKind::Branch { condition: condition?, then, otherwise }
            }
            Kind::Act(action) => {
                let segment = self.segments.iter().find(|segment| segment.key == key);
                let members = segment.map(|segment| segment.target.reps.as_slice()).unwrap_or_default();
                let content = draft.content.written(action, members);
                let content = if self.is_dry { content.ok() } else { self.placed(key, content) };
                if let Some(content) = content {
                    self.contents.insert(draft.id.clone(), content);
                }
                let expires = self.placed(key, SpanDraft::maybe(&draft.expires))?;
                StepKind::Act { action, expires }
            }
            Kind::Stop => StepKind::Stop,
        };
        Some(Step { id: draft.id.clone(), kind })
    }

    fn wait_for(&mut self, draft: &StepDraft) -> Option<StepKind> {
        let awaited = if draft.awaits_condition {
            self.question(draft.key).map(Awaited::Condition)
        } else {
            self.trigger(&draft.event).map(Awaited::Event)
        };
        let within = self.placed(draft.key, draft.span.written());
        let (then, otherwise) = (self.steps(&draft.then), self.steps(&draft.otherwise));
        Some(StepKind::WaitFor(WaitFor { awaited: awaited?, within: within?, then, otherwise }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_workflow_is_read_and_written_again() {
        let saved = sample::workflow_draft();
        let (draft, segments) = FlowDraft::read(&saved, "UTC");
        assert_eq!(written(&draft, &segments), Ok(saved));
    }

    #[wasm_bindgen_test]
    fn a_dry_run_needs_no_words() {
        let (mut draft, segments) = FlowDraft::new("UTC");
        assert_eq!(written_dry(&draft, &segments).map_err(|faults| faults.len()), Err(1), "a step");
        draft.steps = vec![StepDraft::new("s1".to_owned(), Kind::Act(knock_workflow::Action::Slack), "UTC")];
        let dry = written_dry(&draft, &segments).expect("a draft");
        assert!(dry.contents.is_empty() && written(&draft, &segments).is_err());
    }

    #[wasm_bindgen_test]
    fn everything_that_is_missing_is_a_fault_at_its_place() {
        let (mut draft, mut segments) = FlowDraft::new("UTC");
        let step = |kind| StepDraft::new("s1".to_owned(), kind, "UTC");
        let (branch, tag) = (step(Kind::Branch), step(Kind::Act(knock_workflow::Action::Tag)));
        let keys = [branch.key, tag.key];
        segments.push(super::super::draft::segment(
            keys[0],
            crate::words::rules::condition::Group::new(crate::words::rules::condition::Joint::All),
            Vec::new(),
        ));
        draft.steps = vec![branch, tag];
        draft.again = "after".to_owned();
        draft.again_after.number = String::new();
        let faults = written(&draft, &segments).expect_err("something is missing");
        let found: Vec<_> = faults.iter().map(|fault| (fault.at, fault.reason.as_str())).collect();
        assert_eq!(
            found,
            [
                (NAME, "Fill in a name."),
                (AGAIN, "Fill in a number above 0."),
                (keys[0], NO_CONDITION),
                (keys[1], "Choose a tag."),
            ]
        );
    }
}
