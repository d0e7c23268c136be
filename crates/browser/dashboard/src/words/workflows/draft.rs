//! The draft of a workflow: read from a saved version. Its conditions, and the members of assignments, are in segments
//! with the keys of its steps, as the editor of conditions wants them.

use knock_routing::{Condition, Funnel};
use knock_wire::WorkflowDraft;
use knock_workflow::{Action, Again, Awaited, Cap, Step, StepKind, WaitFor};

use super::content::ContentDraft;
use super::span::SpanDraft;
use super::times::{QuietDraft, UntilDraft};
use super::trigger::TriggerDraft;
use crate::words::rules::condition::{Group, Joint};
use crate::words::rules::draft::SegmentDraft;
use crate::words::rules::next_id;
use crate::words::rules::target::TargetDraft;

/// A workflow in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FlowDraft {
    pub(crate) name: String,
    pub(crate) trigger: TriggerDraft,
    /// The key of the segment with its conditions.
    pub(crate) when: usize,
    /// `once`, `always` or `after`.
    pub(crate) again: String,
    pub(crate) again_after: SpanDraft,
    pub(crate) stops: Vec<TriggerDraft>,
    /// Whether it has quiet hours of its own.
    pub(crate) has_quiet: bool,
    pub(crate) quiet: QuietDraft,
    pub(crate) has_cap: bool,
    pub(crate) cap: CapDraft,
    pub(crate) steps: Vec<StepDraft>,
}

/// The most actions in a span, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CapDraft {
    pub(crate) actions: String,
    pub(crate) within: SpanDraft,
}

/// The kind of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Wait,
    WaitUntil,
    WaitFor,
    Branch,
    Act(Action),
    Stop,
}

/// A step in the form; values of other kinds are kept while one is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepDraft {
    /// The key of its controls, and of its segment.
    pub(crate) key: usize,
    /// Its id in the workflow.
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// The length of a wait, and the longest one of a wait for something.
    pub(crate) span: SpanDraft,
    pub(crate) until: UntilDraft,
    /// Whether it waits for a condition, not for an event.
    pub(crate) awaits_condition: bool,
    pub(crate) event: TriggerDraft,
    /// How late an action to the lead may come; empty for the usual time.
    pub(crate) expires: SpanDraft,
    pub(crate) content: ContentDraft,
    /// The steps when a condition holds, or something happened.
    pub(crate) then: Vec<StepDraft>,
    pub(crate) otherwise: Vec<StepDraft>,
}

impl CapDraft {
    /// Three in a week.
    pub(crate) fn new() -> CapDraft {
        CapDraft { actions: "3".to_owned(), within: SpanDraft { number: "7".to_owned(), unit: 86_400_000 } }
    }

    pub(crate) fn read(cap: Cap) -> CapDraft {
        CapDraft { actions: cap.actions.to_string(), within: SpanDraft::read(cap.within) }
    }

    pub(crate) fn written(&self) -> Result<Cap, String> {
        let actions = self.actions.trim().parse::<u32>().ok().filter(|actions| *actions > 0);
        let actions = actions.ok_or_else(|| "Fill in a number above 0.".to_owned())?;
        Ok(Cap { actions, within: self.within.written()? })
    }
}

impl StepDraft {
    /// A new step; `zone` is that of the reader.
    pub(crate) fn new(id: String, kind: Kind, zone: &str) -> StepDraft {
        StepDraft {
            key: next_id(),
            id,
            kind,
            span: SpanDraft { number: "1".to_owned(), unit: 86_400_000 },
            until: UntilDraft::new(zone),
            awaits_condition: false,
            event: TriggerDraft::of_message(),
            expires: SpanDraft::empty(3_600_000),
            content: ContentDraft::new(),
            then: Vec::new(),
            otherwise: Vec::new(),
        }
    }
}

impl FlowDraft {
    /// A workflow without steps, and the segment of its conditions.
    pub(crate) fn new(zone: &str) -> (FlowDraft, Vec<SegmentDraft>) {
        let when = segment(next_id(), Group::new(Joint::All), Vec::new());
        let draft = FlowDraft {
            name: String::new(),
            trigger: TriggerDraft::new(),
            when: when.key,
            again: "once".to_owned(),
            again_after: SpanDraft { number: "30".to_owned(), unit: 86_400_000 },
            stops: Vec::new(),
            has_quiet: false,
            quiet: QuietDraft::new(zone),
            has_cap: false,
            cap: CapDraft::new(),
            steps: Vec::new(),
        };
        (draft, vec![when])
    }

    /// Reads a version, and its segments.
    pub(crate) fn read(version: &WorkflowDraft, zone: &str) -> (FlowDraft, Vec<SegmentDraft>) {
        let of = &version.definition;
        let (mut draft, mut segments) = FlowDraft::new(zone);
        if let (Some(when), Some(segment)) = (&of.when, segments.first_mut()) {
            segment.when = Group::read(when);
        }
        draft.name.clone_from(&version.name);
        draft.trigger = TriggerDraft::read(&of.trigger);
        draft.again = match of.again {
            Again::Once => "once",
            Again::Always => "always",
            Again::AfterMs(span) => {
                draft.again_after = SpanDraft::read(span);
                "after"
            }
        }
        .to_owned();
        draft.stops = of.stop_when.iter().map(TriggerDraft::read).collect();
        if let Some(quiet) = &of.quiet {
            (draft.has_quiet, draft.quiet) = (true, QuietDraft::read(quiet));
        }
        if let Some(cap) = of.cap {
            (draft.has_cap, draft.cap) = (true, CapDraft::read(cap));
        }
        let mut reader = Reader { version, zone, segments };
        draft.steps = reader.steps(&of.steps);
        (draft, reader.segments)
    }
}

/// Moves the times of day of a template, which are UTC, to a zone.
pub(crate) fn move_to_zone(steps: &mut [StepDraft], zone: &str) {
    for step in steps.iter_mut() {
        if step.until.zone == "UTC" {
            zone.clone_into(&mut step.until.zone);
        }
        move_to_zone(&mut step.then, zone);
        move_to_zone(&mut step.otherwise, zone);
    }
}

/// Reads steps, and collects their segments.
struct Reader<'v> {
    version: &'v WorkflowDraft,
    zone: &'v str,
    segments: Vec<SegmentDraft>,
}

impl Reader<'_> {
    fn steps(&mut self, steps: &[Step]) -> Vec<StepDraft> {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&mut self, step: &Step) -> StepDraft {
        let mut draft = StepDraft::new(step.id.clone(), Kind::Stop, self.zone);
        let (mut when, mut members) = (Group::new(Joint::All), Vec::new());
        match &step.kind {
            StepKind::Wait(span) => (draft.kind, draft.span) = (Kind::Wait, SpanDraft::read(*span)),
            StepKind::WaitUntil(until) => (draft.kind, draft.until) = (Kind::WaitUntil, UntilDraft::read(until)),
            StepKind::WaitFor(WaitFor { awaited, within, then, otherwise }) => {
                (draft.kind, draft.span) = (Kind::WaitFor, SpanDraft::read(*within));
                match awaited {
                    Awaited::Event(event) => draft.event = TriggerDraft::read(event),
                    Awaited::Condition(is) => (draft.awaits_condition, when) = (true, Group::read(is)),
                }
                (draft.then, draft.otherwise) = (self.steps(then), self.steps(otherwise));
            }
            StepKind::Branch { condition, then, otherwise } => {
                (draft.kind, when) = (Kind::Branch, Group::read(condition));
                (draft.then, draft.otherwise) = (self.steps(then), self.steps(otherwise));
            }
            StepKind::Act { action, expires } => {
                draft.kind = Kind::Act(*action);
                draft.expires = expires.map_or(draft.expires, SpanDraft::read);
                if let Some(content) = self.version.contents.get(&step.id) {
                    (draft.content, members) = ContentDraft::read(content);
                }
            }
            StepKind::Stop => {}
        }
        self.segments.push(segment(draft.key, when, members));
        draft
    }
}

/// The segment of a step: its conditions, and the members of its assignment.
pub(crate) fn segment(key: usize, when: Group, reps: Vec<String>) -> SegmentDraft {
    let target = TargetDraft { reps, ..TargetDraft::new(Funnel::Chat, None) };
    let new = SegmentDraft::new(String::new(), String::new(), target);
    SegmentDraft { key, when, ..new }
}

/// Whether a condition asks for something.
pub(crate) const fn asks(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => !parts.is_empty(),
        Condition::Any(_) | Condition::Not(_) | Condition::Leaf(_) => true,
    }
}
