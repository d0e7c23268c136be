//! State of the member's own name, title and picture.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::{Profile, ProfileDraft};
use leptos::prelude::*;

use crate::api::{Client, Failure, Upload};
use crate::kit::browser::files::{File, content_of};
use crate::kit::changing::one_at_a_time;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::failure::{errors_at, unplaced};

/// The state of the profile and of its changes.
#[derive(Clone, Copy)]
pub(crate) struct OwnProfile {
    pub(crate) session: Session,
    /// The profile on the server.
    pub(crate) state: Single<Profile>,
    /// The name, as typed.
    pub(crate) name: RwSignal<String>,
    /// The title, as typed.
    pub(crate) title: RwSignal<String>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
}

impl OwnProfile {
    /// Loads the profile.
    pub(crate) fn start() -> OwnProfile {
        let session = use_session();
        let text = || RwSignal::new(String::new());
        let (name, title, said) = (text(), text(), text());
        let state = Single::new(move || {
            let client = session.client();
            async move {
                let profile = client.profile().await?;
                name.try_set(profile.name.clone());
                title.try_set(profile.title.clone());
                Ok(profile)
            }
            .boxed_local()
        });
        state.load();
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        OwnProfile { session, state, name, title, is_busy, failure, said }
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), field))
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        unplaced(self.failure.get(), &["name", "title"])
    }

    /// The name and the address of the picture on the server.
    pub(crate) fn face(self) -> (String, String) {
        self.state.value.with(|profile| {
            profile.as_ref().map(|profile| (profile.name.clone(), profile.picture.clone())).unwrap_or_default()
        })
    }

    /// Whether name or title differ from those on the server.
    pub(crate) fn is_changed(self) -> bool {
        let (name, title) = (self.name.get(), self.title.get());
        self.state.value.with(|stored| {
            stored.as_ref().is_some_and(|stored| name.trim() != stored.name || title.trim() != stored.title)
        })
    }

    pub(crate) fn discard(self) {
        if let Some(stored) = self.state.value.get_untracked() {
            self.failure.set(None);
            self.name.set(stored.name);
            self.title.set(stored.title);
        }
    }

    pub(crate) fn save(self) {
        let draft = ProfileDraft { name: self.name.get_untracked(), title: self.title.get_untracked() };
        let said =
            if draft.name.trim().is_empty() { "Saved. Visitors read \u{201c}our team\u{201d}." } else { "Saved." };
        self.change(said, move |client| async move { client.save_profile(&draft).await }.boxed_local());
    }

    /// Sends a chosen picture.
    pub(crate) fn set_picture(self, file: File) {
        let upload = move |client: Client| {
            async move {
                let content = content_of(&file).await.ok_or(Failure::Unreadable)?;
                client.set_picture(Upload { id: String::new(), name: file.name(), content }).await
            }
            .boxed_local()
        };
        self.change("Your picture is saved.", upload);
    }

    pub(crate) fn remove_picture(self) {
        self.change("Your picture is removed.", |client| async move { client.remove_picture().await }.boxed_local());
    }

    fn change(
        self,
        said: &'static str,
        work: impl FnOnce(Client) -> LocalBoxFuture<'static, Result<Profile, Failure>> + 'static,
    ) {
        self.said.set(String::new());
        let answer = work(self.session.client());
        let done = async move {
            let profile = answer.await?;
            self.session.rename(&profile.name);
            self.state.value.try_set(Some(profile));
            self.said.try_set(said.to_owned());
            Ok(())
        };
        one_at_a_time(self.is_busy, self.failure, done.boxed_local(), Box::new(move |wrong| self.failure.set(wrong)));
    }
}
