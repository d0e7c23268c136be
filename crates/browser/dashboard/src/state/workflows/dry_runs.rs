//! Dry runs: a draft over past leads, and the versions that were tried since the app was opened.

use futures_util::FutureExt;
use knock_model::{LeadId, WorkflowId};
use knock_wire::{ContactRow, DryRun, DryRunAsk, WorkflowDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::FlowForm;
use crate::api::Failure;
use crate::api::records::Wanted;
use crate::kit::changing::one_at_a_time;
use crate::kit::debounce::Debounce;

/// The days to look back at first.
const DAYS: u32 = 30;
/// The debounce of a search for a lead.
const SETTLE_MS: u64 = 250;
/// The number of leads that a search lists.
const MOST: usize = 8;

/// The versions that were run dry since the app was opened: they can be switched on.
#[derive(Clone, Copy)]
pub(crate) struct Tried(RwSignal<Vec<(WorkflowId, u32)>>);

impl Tried {
    pub(crate) fn new() -> Tried {
        Tried(RwSignal::new(Vec::new()))
    }

    pub(crate) fn has(self, id: WorkflowId, version: u32) -> bool {
        self.0.with(|tried| tried.contains(&(id, version)))
    }

    fn add(self, id: WorkflowId, version: u32) {
        if !self.0.with_untracked(|tried| tried.contains(&(id, version))) {
            self.0.update(|tried| tried.push((id, version)));
        }
    }
}

/// A dry run and its draft.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ran {
    pub(crate) draft: WorkflowDraft,
    pub(crate) days: u32,
    pub(crate) answer: DryRun,
}

/// The state of the panel.
#[derive(Clone, Copy)]
pub(crate) struct DryRuns {
    pub(crate) form: FlowForm,
    pub(crate) tried: Tried,
    pub(crate) days: RwSignal<u32>,
    pub(crate) ran: RwSignal<Option<Ran>>,
    /// The search for a lead, as typed.
    pub(crate) typed: RwSignal<String>,
    pub(crate) found: RwSignal<Vec<ContactRow>>,
    /// The run of one lead.
    pub(crate) of_lead: RwSignal<Option<Ran>>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    search: Debounce,
}

impl DryRuns {
    pub(crate) fn of(form: FlowForm) -> DryRuns {
        let (typed, found) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
        let search = Debounce::new(SETTLE_MS, move || search(form, typed, found));
        DryRuns {
            form,
            tried: expect_context(),
            days: RwSignal::new(DAYS),
            ran: RwSignal::new(None),
            typed,
            found,
            of_lead: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            search,
        }
    }

    /// Takes the search for a lead as typed.
    pub(crate) fn type_in(self, text: String) {
        self.typed.set(text);
        self.search.ask();
    }

    /// Runs the form over the leads of the last days.
    pub(crate) fn run(self) {
        self.ask(None, self.ran);
    }

    /// Runs the form for one lead.
    pub(crate) fn run_for(self, lead: LeadId) {
        self.ask(Some(lead), self.of_lead);
    }

    fn ask(self, lead: Option<LeadId>, into: RwSignal<Option<Ran>>) {
        let Some(draft) = untrack(|| self.form.dry()).or_else(|| self.form.complete()) else { return };
        let (client, days) = (self.form.session.client(), self.days.get_untracked());
        let stored = self.form.stored.value.get_untracked();
        let saved = stored.filter(|_| !untrack(|| self.form.is_changed())).map(|stored| stored.row);
        let workflow = self.form.id.get_untracked();
        let work = async move {
            let ask = DryRunAsk { draft, workflow, days: Some(days), lead };
            let answer = client.dry_run(&ask).await?;
            if let Some(row) = saved.filter(|_| lead.is_none()) {
                self.tried.add(row.id, row.version);
            }
            into.try_set(Some(Ran { draft: ask.draft, days, answer }));
            Ok(())
        };
        let ended = move |wrong: Option<Failure>| {
            self.form.take_refusal(wrong.as_ref());
            self.failure.set(wrong);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// Whether the form is another one than that of a run.
    pub(crate) fn is_stale(self, ran: RwSignal<Option<Ran>>) -> bool {
        let now = self.form.dry();
        ran.with(|ran| ran.as_ref().is_some_and(|ran| Some(&ran.draft) != now.as_ref()))
    }
}

fn search(form: FlowForm, typed: RwSignal<String>, found: RwSignal<Vec<ContactRow>>) {
    let text = typed.get_untracked().trim().to_owned();
    if text.is_empty() {
        found.set(Vec::new());
        return;
    }
    let client = form.session.client();
    spawn_local(async move {
        let wanted = Wanted { asked: vec![("q", text.clone())] };
        let answer = client.contacts(&wanted, None).await;
        // Another text may have been typed meanwhile.
        if typed.try_with_untracked(|typed| typed.trim() == text) == Some(true)
            && let Ok(page) = answer
        {
            found.try_set(page.contacts.into_iter().take(MOST).collect());
        }
    });
}
