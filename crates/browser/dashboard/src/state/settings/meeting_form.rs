//! Form state of the meeting settings.

use futures_util::FutureExt;
use knock_wire::MeetingSettings;
use leptos::prelude::*;

use super::holidays::Holidays;
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::kept::Kept;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::site::field_errors;

/// A field of the settings.
pub(crate) type Of<T> = fn(&mut MeetingSettings) -> &mut T;

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct MeetingForm {
    session: Session,
    /// Loads the settings.
    pub(crate) stored: Single<MeetingSettings>,
    /// The settings in the form; holidays are beside them.
    pub(crate) draft: RwSignal<MeetingSettings>,
    pub(crate) holidays: Holidays,
    kept: Kept<MeetingSettings>,
    /// Whether no mail is set up; false while it is not known.
    pub(crate) is_without_mail: RwSignal<bool>,
    /// Whether they are being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl MeetingForm {
    /// Loads the settings.
    pub(crate) fn start() -> MeetingForm {
        let session = use_session();
        let draft = RwSignal::new(MeetingSettings::default());
        let kept = Kept::new();
        let (holidays, is_without_mail) = (Holidays::start(), RwSignal::new(false));
        let stored = Single::new(move || {
            let client = session.client();
            async move {
                let settings = client.meeting_settings().await?;
                let methods = client.sign_in_methods().await;
                is_without_mail.try_set(methods.is_ok_and(|methods| !methods.mail));
                holidays.choose(settings.holidays.as_deref().unwrap_or_default());
                draft.try_set(settings.clone());
                kept.keep(settings.clone());
                Ok(settings)
            }
            .boxed_local()
        });
        stored.load();
        let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(""));
        MeetingForm { session, stored, draft, holidays, kept, is_without_mail, is_busy, failure, said }
    }

    pub(crate) fn change(self, change: impl FnOnce(&mut MeetingSettings)) {
        self.said.set("");
        self.draft.update(change);
    }

    pub(crate) fn field<T: Clone>(self, of: Of<T>) -> T {
        self.draft.with(|draft| of(&mut draft.clone()).clone())
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        match self.failure.get() {
            Some(Failure::Refused(problem)) => field_errors(&problem, field),
            _ => Vec::new(),
        }
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        self.failure.get().filter(|failure| !matches!(failure, Failure::Refused(problem) if !problem.errors.is_empty()))
    }

    /// The settings in the form, with their holidays.
    fn settings(self) -> MeetingSettings {
        let holidays = Some(self.holidays.code()).filter(|code| !code.is_empty());
        MeetingSettings { holidays, ..self.draft.get() }
    }

    /// Whether there are changes that are not saved.
    pub(crate) fn is_changed(self) -> bool {
        self.kept.differs(&self.settings())
    }

    /// Shows the saved settings again.
    pub(crate) fn discard(self) {
        if let Some(settings) = self.kept.value() {
            self.holidays.choose(settings.holidays.as_deref().unwrap_or_default());
            self.change(|draft| *draft = settings);
            self.failure.set(None);
        }
    }

    pub(crate) fn save(self) {
        let settings = untrack(|| self.settings());
        let client = self.session.client();
        self.said.set("");
        let work = async move {
            let saved = client.change_meeting_settings(&settings).await?;
            self.draft.try_set(saved.clone());
            self.kept.keep(saved);
            self.said.try_set("Saved.");
            Ok(())
        };
        let ended = move |failure| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
