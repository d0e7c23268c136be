//! The list of workflows: their order, and archiving.

use futures_util::FutureExt;
use knock_wire::{WorkflowList, WorkflowRow, WorkflowState, WorkflowTemplate, WorkflowTemplates};
use leptos::prelude::*;

use super::dry_runs::Tried;
use super::switching::Switching;
use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};

/// The list and the state of its actions.
#[derive(Clone, Copy)]
pub(crate) struct Workflows {
    pub(crate) session: Session,
    pub(crate) list: Single<WorkflowList>,
    pub(crate) templates: Single<WorkflowTemplates>,
    pub(crate) tried: Tried,
    /// Whether the templates are shown.
    pub(crate) is_choosing: RwSignal<bool>,
    /// The workflow to archive, once confirmed.
    pub(crate) archived: RwSignal<Option<WorkflowRow>>,
    pub(crate) switching: Switching,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
}

impl Workflows {
    /// Loads the list, and the templates of new workflows.
    pub(crate) fn start() -> Workflows {
        let session = use_session();
        let list = Single::new(move || {
            let client = session.client();
            async move { client.workflows().await }.boxed_local()
        });
        let templates = Single::new(move || {
            let client = session.client();
            async move { client.workflow_templates().await }.boxed_local()
        });
        list.load();
        templates.load();
        let said = RwSignal::new(String::new());
        Workflows {
            session,
            list,
            templates,
            tried: expect_context(),
            is_choosing: RwSignal::new(false),
            archived: RwSignal::new(None),
            switching: Switching::new(session, said, Callback::new(move |()| list.load())),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said,
        }
    }

    /// The workflows that are archived, or those that are not, in their order.
    pub(crate) fn rows(self, is_archived: bool) -> Vec<WorkflowRow> {
        self.list.value.with(|list| {
            let rows = list.as_ref().map(|list| list.workflows.as_slice()).unwrap_or_default();
            rows.iter().filter(|row| (row.state == WorkflowState::Archived) == is_archived).cloned().collect()
        })
    }

    pub(crate) fn offered(self) -> Vec<WorkflowTemplate> {
        self.templates.value.with(|known| known.as_ref().map(|known| known.templates.clone())).unwrap_or_default()
    }

    /// Moves a workflow to a place, from 0; the focus stays with it.
    pub(crate) fn place(self, row: &WorkflowRow, to: usize, focus: String) {
        let (client, id, name) = (self.session.client(), row.id, row.name.clone());
        let work = async move {
            client.move_workflow(id, u32::try_from(to + 1).unwrap_or(u32::MAX)).await?;
            let order = |list: &mut Option<WorkflowList>| {
                let Some(list) = list else { return };
                if let Some(from) = list.workflows.iter().position(|row| row.id == id) {
                    let row = list.workflows.remove(from);
                    list.workflows.insert(to.min(list.workflows.len()), row);
                }
            };
            self.list.value.try_update(order);
            self.said.try_set(format!("{name} is now at place {}.", to + 1));
            focus_later(focus);
            Ok(())
        };
        let ended = move |wrong| self.failure.set(wrong);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    pub(crate) fn archive(self, row: WorkflowRow) {
        let client = self.session.client();
        let work = async move {
            client.archive_workflow(row.id).await?;
            self.archived.try_set(None);
            self.said.try_set(format!("Workflow archived: {}", row.name));
            self.list.load();
            Ok(())
        };
        let ended = move |wrong| self.failure.set(wrong);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
