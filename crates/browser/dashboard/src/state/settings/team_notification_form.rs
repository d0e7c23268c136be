//! Form state of what holds for the notifications of the whole team.

use futures_util::FutureExt;
use knock_model::Permission;
use knock_wire::TeamNotifications;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::failure::{errors_at, unplaced};

/// The hours of absence that a form proposes.
const USUAL_HOURS: u32 = 24;

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct TeamNotificationForm {
    session: Session,
    pub(crate) stored: Single<TeamNotifications>,
    pub(crate) draft: RwSignal<TeamNotifications>,
    /// Whether they are being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl TeamNotificationForm {
    /// Loads the settings.
    pub(crate) fn start() -> TeamNotificationForm {
        let session = use_session();
        let draft = RwSignal::new(TeamNotifications::default());
        let stored = Single::new(move || {
            let client = session.client();
            async move {
                let settings = client.team_notifications().await?;
                draft.try_set(settings);
                Ok(settings)
            }
            .boxed_local()
        });
        stored.load();
        let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(""));
        TeamNotificationForm { session, stored, draft, is_busy, failure, said }
    }

    /// Whether the signed-in member may change them.
    pub(crate) fn is_editable(self) -> bool {
        self.session.may(Permission::EditRouting)
    }

    pub(crate) fn change(self, change: impl FnOnce(&mut TeamNotifications)) {
        self.said.set("");
        self.draft.update(change);
    }

    /// Chooses when a hand-over is offered, by the value of the choice: `day`, `hours` or `never`.
    pub(crate) fn choose_absence(self, choice: &str) {
        self.change(|draft| {
            draft.absence_hours = match choice {
                "hours" => Some(USUAL_HOURS),
                "never" => Some(0),
                _ => None,
            };
        });
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), field))
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        unplaced(self.failure.get(), &["pool_minutes", "manager_minutes", "absence_hours"])
    }

    /// Whether the form differs from the settings on the server.
    pub(crate) fn is_changed(self) -> bool {
        let draft = self.draft.get();
        self.stored.value.with(|stored| stored.as_ref().is_some_and(|stored| *stored != draft))
    }

    pub(crate) fn discard(self) {
        if let Some(stored) = self.stored.value.get_untracked() {
            self.failure.set(None);
            self.draft.set(stored);
        }
    }

    pub(crate) fn save(self) {
        let (client, settings) = (self.session.client(), self.draft.get_untracked());
        let work = async move {
            let saved = client.change_team_notifications(settings).await?;
            self.stored.value.try_set(Some(saved));
            self.draft.try_set(saved);
            self.said.try_set("Saved.");
            Ok(())
        };
        let ended = move |failure| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
