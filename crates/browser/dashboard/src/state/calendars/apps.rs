//! The app of a provider that asks for consents: its form, saving and removing it.

use futures_util::FutureExt;
use knock_wire::{CalendarApp, CalendarAppDraft, CalendarProviderWord};
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::state::Calendars;
use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::reactive::derived;
use crate::state::settings::credentials::{CredentialField, Credentials, listed_fields};
use crate::words::reason::{HERE, sentence};

/// The hint at a secret, which may be stored already.
const KEPT: &str = "Leave it empty to keep a stored one.";

/// The id of the heading of a provider's app.
pub(crate) fn app_heading_id(provider: &CalendarProviderWord) -> String {
    format!("calendar-app-{provider}")
}

/// The form of an app, and the state of its actions.
#[derive(Clone, Copy)]
pub(crate) struct AppForm {
    calendars: Calendars,
    /// The app as it is stored.
    pub(crate) app: Signal<CalendarApp>,
    pub(crate) typed: Credentials,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
    /// Whether the confirmation of removing it is open.
    pub(crate) is_leaving: RwSignal<bool>,
}

impl AppForm {
    /// The form of an app, which follows what is stored.
    pub(crate) fn of(calendars: Calendars, app: CalendarApp) -> AppForm {
        let typed = Credentials::new();
        typed.fill(app.values.clone());
        let stored = calendars.apps.value;
        let app = derived(move || {
            let is_own = |known: &&CalendarApp| known.provider == app.provider;
            let found = stored.with(|stored| stored.as_ref().and_then(|all| all.apps.iter().find(is_own).cloned()));
            found.unwrap_or_else(|| app.clone())
        });
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        let (said, is_leaving) = (RwSignal::new(""), RwSignal::new(false));
        AppForm { calendars, app, typed, is_busy, failure, said, is_leaving }
    }

    /// The fields of the form.
    pub(crate) fn fields(self) -> Vec<CredentialField> {
        let prefix = self.app.with_untracked(|app| app_heading_id(&app.provider));
        let mut listed = listed_fields(&format!("{prefix}-"), self.app.with_untracked(|app| app.form.fields.clone()));
        for field in listed.iter_mut().filter(|field| field.is_secret) {
            field.hint = format!("{} {KEPT}", field.hint).into();
        }
        listed
    }

    /// The errors of a field.
    pub(crate) fn errors(self, name: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return Vec::new() };
        let here = |at: &str| at.strip_prefix('/') == Some(name);
        problem.errors.iter().filter(|error| here(&error.pointer)).map(|error| sentence(HERE, &error.reason)).collect()
    }

    /// The failure of saving that belongs to none of the fields.
    pub(crate) fn unplaced(self, shown: &[String]) -> Option<Failure> {
        let is_placed = || shown.iter().any(|name| !self.errors(name).is_empty());
        self.failure.get().filter(|_| !self.is_leaving.get() && !is_placed())
    }

    /// Stores what is typed.
    pub(crate) fn save(self) {
        let provider = self.app.with_untracked(|app| app.provider.to_string());
        let draft = CalendarAppDraft { fields: self.typed.of_fields(&self.fields()) };
        let client = self.calendars.client();
        self.said.set("");
        let work = async move {
            let saved = client.save_calendar_app(&provider, &draft).await?;
            let values = saved.values.clone();
            if self.calendars.put_app(saved) {
                self.typed.fill(values);
                self.said.set("Saved.");
            }
            Ok(())
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(move |failure| self.ended(failure)));
    }

    /// Opens the confirmation of removing the app.
    pub(crate) fn ask(self) {
        self.failure.set(None);
        self.said.set("");
        self.is_leaving.set(true);
    }

    /// Closes that confirmation.
    pub(crate) fn stay(self) {
        self.failure.set(None);
        self.is_leaving.set(false);
    }

    /// Removes the app.
    pub(crate) fn remove(self) {
        let app = self.app.get_untracked();
        let client = self.calendars.client();
        let work = async move {
            match client.remove_calendar_app(&app.provider.to_string()).await {
                // Removed in another window.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            // The button that asked is removed, and the dialog closes.
            focus_later(app_heading_id(&app.provider));
            if self.calendars.put_app(CalendarApp { values: BTreeMap::new(), is_ready: false, ..app }) {
                self.is_leaving.set(false);
                self.typed.clear();
                self.said.set("Removed.");
            }
            Ok(())
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(move |failure| self.ended(failure)));
    }

    /// Shows a failure; else loads what depends on the app.
    fn ended(self, failure: Option<Failure>) {
        let is_done = failure.is_none();
        self.failure.set(failure);
        if is_done {
            self.calendars.load_unless_busy();
        }
    }
}
