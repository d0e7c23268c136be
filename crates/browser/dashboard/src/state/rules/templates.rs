//! Segment templates of the team: created from a segment, renamed, deleted.

use futures_util::FutureExt;
use knock_wire::{SegmentTemplate, SegmentTemplateDraft};
use leptos::prelude::*;

use super::form::RuleForm;
use crate::kit::changing::focus_later;

impl RuleForm {
    /// Saves the condition of a segment as a template.
    pub(crate) fn save_template(self, key: usize, name: String) {
        let mut faults = Vec::new();
        let when = self.draft.with_untracked(|draft| draft.segment(key).map(|found| found.when.condition(&mut faults)));
        let Some(when) = when.filter(|_| faults.is_empty()) else { return };
        let client = self.session.client();
        let work = async move {
            let saved = client.add_segment_template(&SegmentTemplateDraft { name, when }).await?;
            self.said.try_set(format!("Segment template saved: {}", saved.name));
            self.templates.try_update(|all| all.push(saved));
            self.templated.try_set(None);
            Ok(())
        };
        self.do_one(work.boxed_local());
    }

    /// Renames a template; its conditions stay.
    pub(crate) fn rename_template(self, template: SegmentTemplate, name: String) {
        let client = self.session.client();
        let work = async move {
            let draft = SegmentTemplateDraft { name, when: template.when };
            let saved = client.save_segment_template(&template.id, &draft).await?;
            self.said.try_set(format!("Segment template renamed: {}", saved.name));
            self.templates.try_update(|all| {
                if let Some(known) = all.iter_mut().find(|known| known.id == saved.id) {
                    *known = saved;
                }
            });
            self.renamed.try_set(None);
            focus_later(rename_id(&template.id));
            Ok(())
        };
        self.do_one(work.boxed_local());
    }

    /// Deletes a template; segments made of it stay.
    pub(crate) fn delete_template(self, template: SegmentTemplate) {
        let client = self.session.client();
        let work = async move {
            client.delete_segment_template(&template.id).await?;
            self.said.try_set(format!("Segment template deleted: {}", template.name));
            self.templates.try_update(|all| all.retain(|known| known.id != template.id));
            self.dropped.try_set(None);
            focus_later("segment-add".to_owned());
            Ok(())
        };
        self.do_one(work.boxed_local());
    }

    /// Closes the dialog of a template.
    pub(crate) fn close_template(self) {
        self.templated.set(None);
        self.renamed.set(None);
        self.dropped.set(None);
        self.failure.set(None);
    }

    /// Whether a dialog of a template is open, which then shows the failure.
    pub(crate) fn is_about_template(self) -> bool {
        let is_named = self.templated.with(Option::is_some) || self.renamed.with(Option::is_some);
        is_named || self.dropped.with(Option::is_some)
    }
}

/// The id of the button that renames a template.
pub(crate) fn rename_id(template: &str) -> String {
    format!("rename-{template}")
}
