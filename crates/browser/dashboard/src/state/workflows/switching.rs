//! Switching a workflow on and off, with the question about the leads inside.

use futures_util::FutureExt;
use knock_wire::{Inside, WorkflowRow, WorkflowStateChange};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::state::session::Session;

/// The state of a switch.
#[derive(Clone, Copy)]
pub(crate) struct Switching {
    session: Session,
    /// The workflow that is switched off while leads are inside.
    pub(crate) asked: RwSignal<Option<WorkflowRow>>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    said: RwSignal<String>,
    changed: Callback<()>,
}

impl Switching {
    /// `said` gets the message, `changed` runs after each change.
    pub(crate) fn new(session: Session, said: RwSignal<String>, changed: Callback<()>) -> Switching {
        let (asked, is_busy, failure) = (RwSignal::new(None), RwSignal::new(false), RwSignal::new(None));
        Switching { session, asked, is_busy, failure, said, changed }
    }

    /// Switches a workflow; with leads inside, switching off asks what becomes of them.
    pub(crate) fn turn(self, row: &WorkflowRow, is_on: bool) {
        if !is_on && row.counts.active > 0 {
            self.failure.set(None);
            self.asked.set(Some(row.clone()));
            return;
        }
        self.send(row, is_on, None);
    }

    /// Takes a workflow out of the archive; it is off then.
    pub(crate) fn bring_back(self, row: &WorkflowRow) {
        self.send(row, false, None);
    }

    /// Switches the asked workflow off.
    pub(crate) fn turn_off(self, inside: Inside) {
        if let Some(row) = self.asked.get_untracked() {
            self.send(&row, false, Some(inside));
        }
    }

    fn send(self, row: &WorkflowRow, enabled: bool, inside: Option<Inside>) {
        let (client, id, name) = (self.session.client(), row.id, row.name.clone());
        let work = async move {
            client.switch_workflow(id, &WorkflowStateChange { enabled, inside }).await?;
            if self.asked.try_set(None).is_none() {
                self.said.set(format!("{name} is {} now.", if enabled { "on" } else { "off" }));
                self.changed.run(());
            }
            Ok(())
        };
        let ended = move |wrong| self.failure.set(wrong);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
