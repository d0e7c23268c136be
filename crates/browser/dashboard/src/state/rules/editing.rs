//! Edits of a rule's draft: segments, conditions and assignees.

use knock_wire::{FieldInput, SegmentTemplate};
use leptos::prelude::*;

use super::form::{RuleForm, add_id, name_id, new_segment_id, part_id};
use crate::kit::changing::focus_later;
use crate::words::rules::comparison::Comparison;
use crate::words::rules::condition::{Group, Part};
use crate::words::rules::draft::{RuleDraft, SegmentDraft};
use crate::words::rules::target::TargetDraft;

impl RuleForm {
    pub(crate) fn change(self, change: impl FnOnce(&mut RuleDraft)) {
        self.draft.update(change);
        if !self.refused.with_untracked(Vec::is_empty) {
            self.refused.set(Vec::new());
        }
    }

    pub(crate) fn change_segment(self, key: usize, change: impl FnOnce(&mut SegmentDraft)) {
        self.change(|draft| {
            if let Some(segment) = draft.segments.iter_mut().find(|segment| segment.key == key) {
                change(segment);
            }
        });
    }

    /// Changes the assignee of a segment or of the fallback.
    pub(crate) fn change_target(self, at: usize, change: impl FnOnce(&mut TargetDraft)) {
        self.change(|draft| {
            if let Some(target) = draft.target_mut(at) {
                change(target);
            }
        });
    }

    pub(crate) fn change_group(self, id: usize, change: impl FnOnce(&mut Group)) {
        self.change(|draft| {
            if let Some(group) = draft.segments.iter_mut().find_map(|segment| segment.when.group_mut(id)) {
                change(group);
            }
        });
    }

    pub(crate) fn change_comparison(self, id: usize, change: impl FnOnce(&mut Comparison)) {
        self.change(|draft| {
            if let Some(found) = draft.segments.iter_mut().find_map(|segment| segment.when.comparison_mut(id)) {
                change(found);
            }
        });
    }

    /// A comparison in the form; none once it was removed.
    pub(crate) fn comparison(self, id: usize) -> Option<Comparison> {
        self.draft.with(|draft| draft.segments.iter().find_map(|segment| segment.when.comparison(id)).cloned())
    }

    /// A group in the form; none once it was removed.
    pub(crate) fn group(self, id: usize) -> Option<Group> {
        self.draft.with(|draft| draft.segments.iter().find_map(|segment| segment.when.group(id)).cloned())
    }

    /// Adds a part to a group and moves the focus there.
    pub(crate) fn add_part(self, group: usize, part: Part) {
        focus_later(part_id(part.id()));
        self.change_group(group, |group| group.parts.push(part));
    }

    /// Removes a part of a condition; the focus goes to the button that adds one to its group.
    pub(crate) fn remove_part(self, id: usize) {
        let mut left = None;
        self.change(|draft| left = draft.segments.iter_mut().find_map(|segment| segment.when.remove(id)));
        if let Some(group) = left {
            focus_later(add_id(group));
        }
    }

    /// The operators of a field, and its recent values.
    pub(crate) fn input(self, field: &str) -> Option<FieldInput> {
        self.inputs.with(|inputs| inputs.fields.iter().find(|input| input.field == field).cloned())
    }

    /// Adds a segment, with the condition of a template if one is chosen.
    pub(crate) fn add_segment(self, template: Option<&SegmentTemplate>) {
        let draft = self.draft.get_untracked();
        let rep = self.inputs.with_untracked(|inputs| inputs.reps.first().map(|rep| rep.id.clone()));
        let name =
            template.map_or_else(|| format!("Segment {}", draft.segments.len() + 1), |template| template.name.clone());
        let mut segment = SegmentDraft::new(new_segment_id(), name, TargetDraft::new(draft.funnel, rep));
        if let Some(template) = template {
            segment.when = Group::read(&template.when);
        }
        self.put_segment(segment, draft.segments.len());
    }

    /// Adds a copy of a segment below it.
    pub(crate) fn duplicate(self, key: usize) {
        let found = self.draft.with_untracked(|draft| Some((draft.segment(key)?.clone(), draft.place(key)?)));
        if let Some((segment, place)) = found {
            self.put_segment(segment.copied(new_segment_id()), place + 1);
        }
    }

    fn put_segment(self, segment: SegmentDraft, place: usize) {
        self.said.set(format!("Segment {} was added at place {}.", segment.name, place + 1));
        focus_later(name_id(segment.key));
        self.change(|draft| draft.segments.insert(place, segment));
    }

    /// Removes a segment; the focus goes to the button that adds one.
    pub(crate) fn remove_segment(self, key: usize) {
        let name = self.draft.with_untracked(|draft| draft.segment(key).map(|segment| segment.name.clone()));
        self.change(|draft| draft.segments.retain(|segment| segment.key != key));
        self.said.set(format!("Segment {} was removed.", name.unwrap_or_default()));
        focus_later("segment-add".to_owned());
    }

    /// Moves a segment to a place and announces the new place.
    pub(crate) fn move_segment(self, key: usize, to: usize) {
        let mut moved = None;
        self.change(|draft| {
            if draft.move_to(key, to) {
                let name = draft.segment(key).map(|segment| segment.name.clone()).unwrap_or_default();
                moved = draft.place(key).map(|place| (name, place + 1, draft.segments.len()));
            }
        });
        if let Some((name, place, all)) = moved {
            self.said.set(format!("Segment {name} is now at place {place} of {all}."));
        }
    }
}
