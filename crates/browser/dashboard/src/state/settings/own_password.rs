//! State of the member's own password.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::{PasswordDraft, PasswordState};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::one_at_a_time;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::failure::{errors_at, unplaced};

/// The id of the field for the new password.
pub(crate) const NEW_PASSWORD: &str = "password-new";

/// The state of the password and of its changes.
#[derive(Clone, Copy)]
pub(crate) struct OwnPassword {
    pub(crate) session: Session,
    /// Whether there is a password, and whether it can be used to sign in.
    pub(crate) state: Single<PasswordState>,
    /// The current password, as typed.
    pub(crate) current: RwSignal<String>,
    /// The new password, as typed.
    pub(crate) new: RwSignal<String>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// Called after a change, which ends other sessions.
    changed: Callback<()>,
}

impl OwnPassword {
    /// Loads the state of the password.
    pub(crate) fn start(changed: Callback<()>) -> OwnPassword {
        let session = use_session();
        let state = Single::new(move || {
            let client = session.client();
            async move { client.password().await }.boxed_local()
        });
        state.load();
        let text = || RwSignal::new(String::new());
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        OwnPassword { session, state, current: text(), new: text(), is_busy, failure, said: text(), changed }
    }

    pub(crate) fn is_set(self) -> bool {
        self.state.value.with(|state| state.is_some_and(|state| state.is_set))
    }

    /// Whether it can be used to sign in here.
    pub(crate) fn signs_in(self) -> bool {
        self.state.value.with(|state| state.is_some_and(|state| state.signs_in))
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), field))
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        unplaced(self.failure.get(), &["current", "password"])
    }

    /// Sets the password, or changes it.
    pub(crate) fn save(self) {
        let client = self.session.client();
        let current = self.state.value.with_untracked(|state| state.is_some_and(|state| state.is_set));
        let current = current.then(|| self.current.get_untracked().into());
        let draft = PasswordDraft { current, password: self.new.get_untracked().into() };
        let work = async move { client.set_password(&draft).await };
        self.change(work.boxed_local(), true);
    }

    pub(crate) fn remove(self) {
        let (client, current) = (self.session.client(), self.current.get_untracked());
        let work = async move { client.remove_password(current).await };
        self.change(work.boxed_local(), false);
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>, is_set: bool) {
        self.said.set(String::new());
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.changed(is_set);
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }

    fn changed(self, is_set: bool) {
        self.current.set(String::new());
        self.new.set(String::new());
        self.state.value.update(|state| {
            if let Some(state) = state {
                state.is_set = is_set;
            }
        });
        let done = if is_set { "Your password is set." } else { "Your password is removed." };
        self.said.set(format!("{done} You are signed out everywhere else."));
        if is_set {
            self.session.end_offer();
        } else {
            // The focused button was removed.
            browser::focus_on(NEW_PASSWORD);
        }
        self.changed.run(());
    }
}
