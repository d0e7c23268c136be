//! Saving a workflow, also with leads inside, and going back to what is saved.

use futures_util::FutureExt;
use knock_model::WorkflowId;
use knock_wire::{Inside, WorkflowChange, WorkflowDetail, WorkflowDraft, WorkflowVersion};
use leptos::prelude::*;

use super::form::FlowForm;
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;

/// The status code of a change with leads inside that does not say what becomes of them.
const ASKS_INSIDE: u16 = 409;

impl FlowForm {
    /// Saves the form; `inside` is what becomes of the leads inside, once that was asked.
    pub(crate) fn save(self, inside: Option<Inside>, made: impl Fn(WorkflowId) + 'static) {
        let Some(draft) = self.complete() else { return };
        let (client, id) = (self.session.client(), self.id.get_untracked());
        let work = async move {
            let saved = match id {
                Some(id) => client.change_workflow(id, &WorkflowChange { draft: draft.clone(), inside }).await?,
                None => client.create_workflow(&draft).await?,
            };
            if !self.base.is_disposed() {
                self.take_saved(saved, draft);
                if let (None, Some(id)) = (id, self.id.get_untracked()) {
                    made(id);
                }
            }
            Ok(())
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(move |wrong| self.end(wrong)));
    }

    fn take_saved(self, saved: WorkflowDetail, draft: WorkflowDraft) {
        self.asks_inside.set(false);
        self.forget_faults();
        self.said.set(format!("Saved as version {}.", saved.row.version));
        self.id.set(Some(saved.row.id));
        self.base.set(Some((self.draft.get_untracked(), Some(draft))));
        self.stored.outdate();
        self.stored.value.set(Some(saved));
        self.versions.load();
    }

    fn end(self, wrong: Option<Failure>) {
        let asks = matches!(&wrong, Some(Failure::Refused(problem)) if problem.status_code == ASKS_INSIDE);
        let is_saved = self.id.with_untracked(Option::is_some);
        if asks && is_saved && !self.asks_inside.get_untracked() {
            // The number of leads inside, as of now.
            self.stored.load();
            self.asks_inside.set(true);
            return;
        }
        self.take_refusal(wrong.as_ref());
        if wrong.is_some() {
            self.asks_inside.set(false);
        }
        self.failure.set(wrong);
    }

    /// Loads a version into the form; saving puts it into use.
    pub(crate) fn restore(self, version: &WorkflowVersion) {
        self.put(&version.draft);
        self.said.set(format!("The form has version {}. Save to use it again.", version.version));
    }

    /// Drops the changes.
    pub(crate) fn discard(self) {
        match self.stored.value.get_untracked() {
            Some(stored) => self.put(&stored.draft),
            None => {
                if let Some((first, _)) = self.base.get_untracked() {
                    self.draft.set(first);
                }
            }
        }
        self.said.set(String::new());
    }
}
