//! Edits of a workflow's draft: its triggers, and its steps added, moved and removed.

use leptos::prelude::*;

use super::form::FlowForm;
use crate::kit::changing::focus_later;
use crate::kit::zones;
use crate::state::rules::form::part_id;
use crate::words::rules::condition::{Group, Joint};
use crate::words::rules::draft::SegmentDraft;
use crate::words::rules::fault::{Fault, NAME};
use crate::words::workflows::draft::{FlowDraft, Kind, StepDraft, segment};
use crate::words::workflows::span::SpanDraft;
use crate::words::workflows::tree::{self, Branch};
use crate::words::workflows::trigger::TriggerDraft;

impl FlowForm {
    pub(crate) fn change(self, change: impl FnOnce(&mut FlowDraft)) {
        self.forget_refused();
        self.draft.update(change);
    }

    pub(crate) fn change_step(self, key: usize, change: impl FnOnce(&mut StepDraft)) {
        self.change(|draft| {
            if let Some(step) = tree::find_mut(&mut draft.steps, key) {
                change(step);
            }
        });
    }

    /// A part of a step; the default once it was removed.
    pub(crate) fn of_step<T: Default>(self, key: usize, read: impl Fn(&StepDraft) -> T) -> T {
        self.draft.with(|draft| tree::find(&draft.steps, key).map(read)).unwrap_or_default()
    }

    pub(crate) fn change_trigger(self, key: usize, change: impl FnOnce(&mut TriggerDraft)) {
        self.change(|draft| {
            if let Some(trigger) = trigger_mut(draft, key) {
                change(trigger);
            }
        });
    }

    /// A part of a trigger: that of the workflow, one that stops it, or the event that a step waits for.
    pub(crate) fn of_trigger<T: Default>(self, key: usize, read: impl Fn(&TriggerDraft) -> T) -> T {
        self.draft.with(|draft| {
            let own = std::iter::once(&draft.trigger).chain(&draft.stops);
            let of_steps = tree::all(&draft.steps).into_iter().map(|step| &step.event);
            own.chain(of_steps).find(|trigger| trigger.key == key).map(read).unwrap_or_default()
        })
    }

    /// The span in which the signals of a trigger are counted.
    pub(crate) fn draft_span(self, trigger: usize) -> SpanDraft {
        self.of_trigger(trigger, |trigger| Some(trigger.within.clone())).unwrap_or(SpanDraft::empty(86_400_000))
    }

    /// The segment of a step, or of the workflow.
    pub(crate) fn of_segment<T: Default>(self, key: usize, read: impl Fn(&SegmentDraft) -> T) -> T {
        self.conditions.draft.with(|rule| rule.segment(key).map(read)).unwrap_or_default()
    }

    pub(crate) fn add_stop(self) {
        let stop = TriggerDraft::of_message();
        focus_later(trigger_id(stop.key));
        self.change(|draft| draft.stops.push(stop));
    }

    pub(crate) fn remove_stop(self, key: usize) {
        self.change(|draft| draft.stops.retain(|stop| stop.key != key));
        focus_later(ADD_STOP.to_owned());
    }

    /// Adds a step at the end of a branch, with its fields open, and moves the focus there.
    pub(crate) fn add_step(self, to: Branch, kind: Kind) {
        let number = self.last_number.get_value() + 1;
        self.last_number.set_value(number);
        let step = StepDraft::new(format!("s{number}"), kind, &zones::time_zone());
        let key = step.key;
        let new = segment(key, Group::new(Joint::All), Vec::new());
        self.conditions.draft.update(|rule| rule.segments.push(new));
        self.opened.update(|opened| opened.push(key));
        self.said.set(format!("Step added: {}.", kind.label()));
        self.change(|draft| {
            if let Some(steps) = tree::branch_mut(&mut draft.steps, to) {
                steps.push(step);
            }
        });
        focus_later(step_id(key));
    }

    /// Removes a step with those within it; the focus goes to the button that adds one there.
    pub(crate) fn remove_step(self, from: Branch, key: usize) {
        self.change(|draft| {
            if let Some(steps) = tree::branch_mut(&mut draft.steps, from) {
                steps.retain(|step| step.key != key);
            }
        });
        self.said.set("Step removed.".to_owned());
        focus_later(add_step_id(from));
    }

    /// Moves a step one place within its branch; the focus stays with it.
    pub(crate) fn move_step(self, within: Branch, key: usize, is_up: bool) {
        let mut place = None;
        self.change(|draft| {
            let Some(steps) = tree::branch_mut(&mut draft.steps, within) else { return };
            let Some(from) = steps.iter().position(|step| step.key == key) else { return };
            let to = if is_up { from.checked_sub(1) } else { Some(from + 1) };
            if let Some(to) = to.filter(|to| *to < steps.len()) {
                steps.swap(from, to);
                place = Some((to, steps.len()));
            }
        });
        let Some((to, all)) = place else { return };
        self.said.set(format!("The step is now at place {} of {all}.", to + 1));
        // The button at the end of the list is off.
        let way = match (is_up, to) {
            (true, 0) => "down",
            (false, to) if to + 1 == all => "up",
            (true, _) => "up",
            (false, _) => "down",
        };
        focus_later(format!("{}-{way}", step_id(key)));
    }

    /// Shows or hides the fields of a step.
    pub(crate) fn toggle(self, key: usize) {
        self.opened.update(|opened| {
            if let Some(at) = opened.iter().position(|one| *one == key) {
                opened.remove(at);
            } else {
                opened.push(key);
            }
        });
    }

    /// Opens the steps of faults, and moves the focus to the first one.
    pub(crate) fn show_fault(self, faults: &[Fault]) {
        let draft = self.draft.get_untracked();
        let rule = self.conditions.draft.get_untracked();
        let holder = |at: usize| {
            let is_of = |step: &&StepDraft| {
                let group = rule.segment(step.key).map(|segment| &segment.when);
                let is_condition =
                    group.is_some_and(|group| group.group(at).is_some() || group.comparison(at).is_some());
                step.key == at || step.event.key == at || is_condition
            };
            tree::all(&draft.steps).into_iter().find(is_of).map(|step| step.key)
        };
        self.opened.update(|opened| opened.extend(faults.iter().filter_map(|fault| holder(fault.at))));
        let Some(first) = faults.first() else { return };
        let is_trigger = untrack(|| self.of_trigger(first.at, |_| true));
        focus_later(match holder(first.at) {
            _ if first.at == NAME => NAME_ID.to_owned(),
            _ if is_trigger => trigger_id(first.at),
            Some(step) if step == first.at => step_id(step),
            _ if first.at < NAMED => place_id(first.at),
            _ => part_id(first.at),
        });
    }

    fn forget_refused(self) {
        if self.shows_only_refused() {
            self.forget_faults();
        }
    }
}

/// The id of the field for the name.
pub(crate) const NAME_ID: &str = "flow-name";
/// The id of the button that adds an event that stops runs.
pub(crate) const ADD_STOP: &str = "flow-add-stop";
/// The keys of the parts that every draft has are below it.
const NAMED: usize = 16;

/// The id of the control of a part that every draft has.
pub(crate) fn place_id(at: usize) -> String {
    format!("flow-part-{at}")
}

/// The id of the button with the title of a step.
pub(crate) fn step_id(key: usize) -> String {
    format!("step-{key}")
}

/// The id of the choice that adds a step to a branch.
pub(crate) fn add_step_id(branch: Branch) -> String {
    format!("add-step-{}", branch.id())
}

/// The id of the choice of a trigger's kind.
pub(crate) fn trigger_id(key: usize) -> String {
    format!("trigger-{key}")
}

fn trigger_mut(draft: &mut FlowDraft, key: usize) -> Option<&mut TriggerDraft> {
    if draft.trigger.key == key {
        return Some(&mut draft.trigger);
    }
    if let Some(at) = draft.stops.iter().position(|stop| stop.key == key) {
        return draft.stops.get_mut(at);
    }
    let holder = tree::all(&draft.steps).into_iter().find(|step| step.event.key == key)?.key;
    tree::find_mut(&mut draft.steps, holder).map(|step| &mut step.event)
}
