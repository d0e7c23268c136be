//! The cap and the quiet hours of the workspace.

use futures_util::FutureExt;
use knock_wire::{WorkflowList, WorkflowSettings};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::kept::Kept;
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::kit::zones;
use crate::state::session::Session;
use crate::words::workflows::draft::CapDraft;
use crate::words::workflows::times::QuietDraft;

/// What the form has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) has_cap: bool,
    pub(crate) cap: CapDraft,
    pub(crate) has_quiet: bool,
    pub(crate) quiet: QuietDraft,
}

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    session: Session,
    pub(crate) form: RwSignal<Written>,
    kept: Kept<Written>,
    /// What is missing.
    pub(crate) missing: RwSignal<String>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    pub(crate) said: RwSignal<&'static str>,
}

impl Limits {
    /// The form of the settings in the list, once they have come.
    pub(crate) fn of(session: Session, list: Single<WorkflowList>) -> Limits {
        let limits = Limits {
            session,
            form: RwSignal::new(read(&WorkflowSettings::default())),
            kept: Kept::new(),
            missing: RwSignal::new(String::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(""),
        };
        effect(move || {
            let settings = list.value.with(|list| list.as_ref().map(|list| list.settings.clone()));
            let is_first = limits.kept.value().is_none();
            if let Some(settings) = settings.filter(|_| is_first) {
                limits.keep(&settings);
            }
        });
        limits
    }

    fn keep(self, settings: &WorkflowSettings) {
        let form = read(settings);
        self.kept.keep(form.clone());
        self.form.try_set(form);
    }

    pub(crate) fn change(self, change: impl FnOnce(&mut Written)) {
        self.said.set("");
        self.missing.set(String::new());
        self.form.update(change);
    }

    pub(crate) fn is_changed(self) -> bool {
        self.form.with(|form| self.kept.differs(form))
    }

    /// Shows the saved values again.
    pub(crate) fn discard(self) {
        if let Some(kept) = self.kept.value() {
            self.form.set(kept);
        }
        self.missing.set(String::new());
        self.failure.set(None);
    }

    pub(crate) fn save(self) {
        let form = self.form.get_untracked();
        let cap = form.has_cap.then(|| form.cap.written()).transpose();
        let quiet = form.has_quiet.then(|| form.quiet.written()).transpose();
        let settings = match (cap, quiet) {
            (Ok(cap), Ok(quiet)) => WorkflowSettings { cap, quiet },
            (Err(reason), _) | (_, Err(reason)) => {
                self.missing.set(reason);
                return;
            }
        };
        let client = self.session.client();
        let work = async move {
            let saved = client.save_workflow_settings(&settings).await?;
            self.keep(&saved);
            self.said.try_set("Saved.");
            Ok(())
        };
        let ended = move |wrong| self.failure.set(wrong);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}

fn read(settings: &WorkflowSettings) -> Written {
    Written {
        has_cap: settings.cap.is_some(),
        cap: settings.cap.map_or_else(CapDraft::new, CapDraft::read),
        has_quiet: settings.quiet.is_some(),
        quiet: settings.quiet.as_ref().map_or_else(|| QuietDraft::new(&zones::time_zone()), QuietDraft::read),
    }
}
