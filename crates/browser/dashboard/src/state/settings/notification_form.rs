//! Form state of the member's notification settings.

use futures_util::FutureExt;
use knock_wire::{NotificationSettings, QuietHours};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::kept::Kept;
use crate::kit::notifier;
use crate::kit::single::Single;
use crate::state::inbox::notifications::{Notifications, use_notifications};
use crate::state::session::use_session;
use crate::words::failure::{errors_at, unplaced};

pub(crate) type Switch = fn(&mut NotificationSettings) -> &mut bool;

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct NotificationForm {
    /// The member's notification settings of the app.
    pub(crate) notifications: Notifications,
    pub(crate) stored: Single<NotificationSettings>,
    pub(crate) draft: RwSignal<NotificationSettings>,
    kept: Kept<NotificationSettings>,
    /// Whether they are being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl NotificationForm {
    /// Loads the settings.
    pub(crate) fn start() -> NotificationForm {
        let session = use_session();
        let (draft, kept) = (RwSignal::new(NotificationSettings::default()), Kept::new());
        let stored = Single::new(move || {
            let client = session.client();
            async move {
                let settings = client.notification_settings().await?;
                let mut shown = settings.clone();
                if shown.time_zone.is_empty() {
                    shown.time_zone = notifier::time_zone();
                }
                kept.keep(shown.clone());
                draft.try_set(shown);
                Ok(settings)
            }
            .boxed_local()
        });
        stored.load();
        let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(""));
        NotificationForm { notifications: use_notifications(), stored, draft, kept, is_busy, failure, said }
    }

    pub(crate) fn is_on(self, switch: Switch) -> bool {
        self.draft.with(|draft| *switch(&mut draft.clone()))
    }

    pub(crate) fn change(self, change: impl FnOnce(&mut NotificationSettings)) {
        self.said.set("");
        self.draft.update(change);
    }

    pub(crate) fn quiet_count(self) -> usize {
        self.draft.with(|draft| draft.quiet.len())
    }

    /// Changes quiet hours, if they are still there.
    pub(crate) fn change_quiet(self, place: usize, change: impl FnOnce(&mut QuietHours)) {
        self.change(|draft| {
            if let Some(hours) = draft.quiet.get_mut(place) {
                change(hours);
            }
        });
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), field))
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        unplaced(self.failure.get(), &["wait_minutes", "time_zone"])
    }

    /// Whether there are changes that are not saved.
    pub(crate) fn is_changed(self) -> bool {
        self.draft.with(|draft| self.kept.differs(draft))
    }

    /// Shows the saved settings again.
    pub(crate) fn discard(self) {
        if let Some(settings) = self.kept.value() {
            self.change(|draft| *draft = settings);
            self.failure.set(None);
        }
    }

    pub(crate) fn save(self) {
        let (client, settings) = (self.notifications.client(), self.draft.get_untracked());
        let work = async move {
            let saved = client.change_notification_settings(&settings).await?;
            self.notifications.settings.try_set(saved.clone());
            self.kept.keep(saved.clone());
            self.draft.try_set(saved);
            self.said.try_set("Saved.");
            Ok(())
        };
        let ended = move |failure| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
