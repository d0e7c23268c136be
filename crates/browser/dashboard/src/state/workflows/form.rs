//! The form of a workflow: its draft, what is missing in it, and what the server refused.

use futures_util::FutureExt;
use knock_model::WorkflowId;
use knock_wire::{WorkflowDetail, WorkflowDraft, WorkflowVersions};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::choices::Choices;
use crate::api::Failure;
use crate::kit::paged::Phase;
use crate::kit::reactive::{effect, memo};
use crate::kit::single::Single;
use crate::kit::zones;
use crate::state::rules::form::RuleForm;
use crate::state::session::{Session, use_session};
use crate::words::rules::fault::Fault;
use crate::words::workflows::draft::{FlowDraft, move_to_zone};
use crate::words::workflows::place::fault_of;
use crate::words::workflows::tree;
use crate::words::workflows::written::{written, written_dry};

/// A workflow in its editor.
#[derive(Clone, Copy)]
pub(crate) struct FlowForm {
    pub(crate) session: Session,
    /// Its id; none before it is saved for the first time.
    pub(crate) id: RwSignal<Option<WorkflowId>>,
    pub(crate) stored: Single<WorkflowDetail>,
    pub(crate) versions: Single<WorkflowVersions>,
    pub(crate) draft: RwSignal<FlowDraft>,
    /// Its conditions, a segment for each step.
    pub(crate) conditions: RuleForm,
    /// The draft as a version, or what is missing.
    pub(crate) written: Memo<Result<WorkflowDraft, Vec<Fault>>>,
    pub(crate) choices: Choices,
    /// Whether the form is filled in.
    pub(crate) is_open: RwSignal<bool>,
    /// The steps whose fields are shown.
    pub(crate) opened: RwSignal<Vec<usize>>,
    /// The language of the texts that are shown.
    pub(crate) language: RwSignal<String>,
    /// Whether what becomes of the leads inside is asked.
    pub(crate) asks_inside: RwSignal<bool>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The form as it was begun, and its version.
    pub(super) base: RwSignal<Option<(FlowDraft, Option<WorkflowDraft>)>>,
    /// Whether what is missing is shown: after an attempt to use the form.
    shows_missing: RwSignal<bool>,
    /// The server's errors by place.
    refused: RwSignal<Vec<Fault>>,
    /// The number of the last id of a step.
    pub(super) last_number: StoredValue<usize>,
}

impl FlowForm {
    /// A form; a workflow with an id is loaded.
    pub(crate) fn start(of: Option<WorkflowId>) -> FlowForm {
        let session = use_session();
        let id = RwSignal::new(of);
        let stored = Single::new(move || {
            let (client, id) = (session.client(), id.get_untracked());
            async move { client.workflow(id.ok_or(Failure::NotFound)?).await }.boxed_local()
        });
        let versions = Single::new(move || {
            let (client, id) = (session.client(), id.get_untracked());
            async move { client.workflow_versions(id.ok_or(Failure::NotFound)?).await }.boxed_local()
        });
        let (draft, segments) = FlowDraft::new(&zones::time_zone());
        let conditions = RuleForm::of_conditions(session);
        conditions.draft.update(|draft| draft.segments = segments);
        let draft = RwSignal::new(draft);
        let written = memo(move || conditions.draft.with(|rule| draft.with(|draft| written(draft, &rule.segments))));
        let form = FlowForm {
            session,
            id,
            stored,
            versions,
            draft,
            conditions,
            written,
            choices: Choices::new(),
            is_open: RwSignal::new(false),
            opened: RwSignal::new(Vec::new()),
            language: RwSignal::new("en".to_owned()),
            asks_inside: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            base: RwSignal::new(None),
            shows_missing: RwSignal::new(false),
            refused: RwSignal::new(Vec::new()),
            last_number: StoredValue::new(0),
        };
        form.follow();
        form.choices.load(session, conditions);
        if of.is_some() {
            stored.load();
            versions.load();
        }
        form
    }

    fn follow(self) {
        effect(move || {
            if let Some(stored) = self.stored.value.get().filter(|_| !self.is_open.get_untracked()) {
                self.begin(&stored.draft);
            }
        });
        // An edit of a condition removes the server's errors, as other edits do.
        Effect::new(move |before: Option<()>| {
            self.conditions.draft.track();
            if before.is_some() && self.shows_only_refused() {
                self.forget_faults();
            }
        });
        // The comparisons of conditions show their own faults.
        effect(move || {
            self.conditions.draft.track();
            let missing = self.written.with(|written| written.as_ref().err().cloned()).unwrap_or_default();
            let refused = self.refused.get();
            let shown = if self.shows_missing.get() { missing } else { refused };
            self.conditions.refused.set(shown);
        });
    }

    /// Starts a new workflow from a template; without one it is empty.
    pub(crate) fn begin_new(self, template: Option<String>) {
        let Some(key) = template else {
            self.take_new(None);
            return;
        };
        let client = self.session.client();
        spawn_local(async move {
            match client.workflow_templates().await {
                Ok(known) => {
                    let found = known.templates.into_iter().find(|template| template.key == key);
                    if !self.base.is_disposed() {
                        self.take_new(found.map(|template| template.draft));
                        self.take_zone();
                    }
                }
                Err(failure) => drop(self.stored.phase.try_set(Phase::Failed(failure))),
            }
        });
    }

    /// Starts a new workflow as a copy of another one.
    pub(crate) fn begin_copy(self, of: WorkflowId) {
        let client = self.session.client();
        spawn_local(async move {
            match client.workflow(of).await {
                Ok(found) => {
                    let name = format!("{} (copy)", found.draft.name);
                    if !self.base.is_disposed() {
                        self.take_new(Some(WorkflowDraft { name, ..found.draft }));
                    }
                }
                Err(failure) => drop(self.stored.phase.try_set(Phase::Failed(failure))),
            }
        });
    }

    /// Moves the times of day of a template to the zone of the reader.
    fn take_zone(self) {
        let zone = zones::time_zone();
        if !zone.is_empty() {
            self.draft.update(|draft| move_to_zone(&mut draft.steps, &zone));
            let first = self.draft.get_untracked();
            self.base.set(Some((first, None)));
        }
    }

    fn take_new(self, draft: Option<WorkflowDraft>) {
        match draft {
            Some(draft) => self.put(&draft),
            None => self.draft.update(|draft| "New workflow".clone_into(&mut draft.name)),
        }
        let first = self.draft.get_untracked();
        self.base.set(Some((first, None)));
        self.open();
    }

    /// Fills the form with a saved version.
    fn begin(self, version: &WorkflowDraft) {
        self.put(version);
        let first = self.draft.get_untracked();
        self.base.set(Some((first, self.written.get_untracked().ok())));
        self.open();
    }

    fn open(self) {
        self.stored.phase.set(Phase::Ready);
        self.is_open.set(true);
    }

    pub(super) fn put(self, version: &WorkflowDraft) {
        let (draft, segments) = FlowDraft::read(version, &zones::time_zone());
        let last = self.last_number.get_value().max(tree::last_number(&draft.steps));
        self.last_number.set_value(last);
        self.conditions.draft.update(|rule| rule.segments = segments);
        self.draft.set(draft);
        self.forget_faults();
        self.failure.set(None);
    }

    /// Whether the form differs from what is saved.
    pub(crate) fn is_changed(self) -> bool {
        self.base.with(|base| match base {
            None => false,
            Some((_, Some(saved))) => self.written.with(|written| written.as_ref() != Ok(saved)),
            Some((first, None)) => self.draft.with(|draft| draft != first),
        })
    }

    /// The version for a dry run, also without what actions say; none while something else is missing.
    pub(crate) fn dry(self) -> Option<WorkflowDraft> {
        let lenient =
            || self.conditions.draft.with(|rule| self.draft.with(|draft| written_dry(draft, &rule.segments).ok()));
        self.written.get().ok().or_else(lenient)
    }

    /// Whether it was never saved.
    pub(crate) fn is_new(self) -> bool {
        self.id.with(Option::is_none)
    }

    /// The faults at a place.
    pub(crate) fn faults(self, at: usize) -> Vec<String> {
        let find =
            |faults: &[Fault]| faults.iter().filter(|fault| fault.at == at).map(|fault| fault.reason.clone()).collect();
        if self.shows_missing.get() {
            return self.written.with(|written| written.as_ref().err().map(|faults| find(faults))).unwrap_or_default();
        }
        self.refused.with(|refused| find(refused))
    }

    /// Whether an error of the server is shown at its place.
    pub(crate) fn has_refused(self) -> bool {
        self.refused.with(|refused| !refused.is_empty())
    }

    /// Whether the server's errors are shown: an edit removes them.
    pub(super) fn shows_only_refused(self) -> bool {
        !self.shows_missing.get_untracked()
    }

    pub(crate) fn forget_faults(self) {
        self.shows_missing.set(false);
        if !self.refused.with_untracked(Vec::is_empty) {
            self.refused.set(Vec::new());
        }
    }

    /// The version of the form; if something is missing, it is shown and the focus goes to the first place.
    pub(crate) fn complete(self) -> Option<WorkflowDraft> {
        self.said.set(String::new());
        match self.written.get_untracked() {
            Ok(draft) => Some(draft),
            Err(faults) => {
                self.shows_missing.set(true);
                self.said.set("Something is missing.".to_owned());
                self.show_fault(&faults);
                None
            }
        }
    }

    /// Shows the server's errors at their places.
    pub(crate) fn take_refusal(self, failure: Option<&Failure>) {
        let Some(Failure::Refused(problem)) = failure else { return };
        let rule = self.conditions.draft.get_untracked();
        let draft = self.draft.get_untracked();
        let faults = problem.errors.iter().filter_map(|error| fault_of(&draft, &rule.segments, error));
        let faults: Vec<Fault> = faults.collect();
        self.shows_missing.set(false);
        self.show_fault(&faults);
        self.refused.set(faults);
    }
}
