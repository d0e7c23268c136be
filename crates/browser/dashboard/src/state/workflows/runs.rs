//! The leads of a workflow, page by page, and stopping one of them.

use futures_util::FutureExt;
use knock_model::{LeadId, WorkflowId};
use knock_wire::RunRow;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::state::session::Session;

/// The list and the state of its actions.
#[derive(Clone, Copy)]
pub(crate) struct Runs {
    session: Session,
    id: WorkflowId,
    pub(crate) rows: RwSignal<Vec<RunRow>>,
    /// The state of the leads that are listed: `active`, `finished`, `stopped`; empty for all.
    pub(crate) state: RwSignal<String>,
    /// The cursor of the next page.
    pub(crate) next: RwSignal<Option<String>>,
    /// Whether the first page has come.
    pub(crate) is_loaded: RwSignal<bool>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The number of the last request: a late answer to another one is dropped.
    turn: StoredValue<u64>,
}

impl Runs {
    pub(crate) fn of(session: Session, id: WorkflowId) -> Runs {
        Runs {
            session,
            id,
            rows: RwSignal::new(Vec::new()),
            state: RwSignal::new(String::new()),
            next: RwSignal::new(None),
            is_loaded: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// Loads the first page again.
    pub(crate) fn load(self) {
        self.page(None);
    }

    pub(crate) fn load_more(self) {
        self.page(self.next.get_untracked());
    }

    pub(crate) fn choose(self, state: String) {
        self.state.set(state);
        self.load();
    }

    fn page(self, cursor: Option<String>) {
        let Some(turn) = self.turn.try_get_value().map(|turn| turn + 1) else { return };
        self.turn.set_value(turn);
        let (client, id, state) = (self.session.client(), self.id, self.state.get_untracked());
        spawn_local(async move {
            let answer = client.workflow_runs(id, &state, cursor.as_deref()).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(page) => {
                    self.failure.set(None);
                    self.next.set(page.next);
                    self.rows.update(|rows| {
                        if cursor.is_none() {
                            rows.clear();
                        }
                        rows.extend(page.runs);
                    });
                    self.is_loaded.set(true);
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// Stops the run of a lead.
    pub(crate) fn stop(self, lead: LeadId) {
        let (client, id) = (self.session.client(), self.id);
        let work = async move {
            client.stop_run(id, lead).await?;
            self.load();
            Ok(())
        };
        let ended = move |wrong| self.failure.set(wrong);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
