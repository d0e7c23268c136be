//! The reason of a rejection: chosen among those of the workspace, or written.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::session::use_session;

/// The choice of a reason that is not in the list; no reason begins with a space.
pub(crate) const OTHER: &str = " other";

/// The state of the form.
#[derive(Clone, Copy)]
pub(crate) struct RejectForm {
    /// The reasons of the workspace; none before they are loaded, and where that fails: then one is written.
    pub(crate) reasons: RwSignal<Vec<String>>,
    /// The chosen reason, or [`OTHER`].
    choice: RwSignal<String>,
    /// Another reason, as typed.
    pub(crate) text: RwSignal<String>,
    /// Whether no reason was given.
    pub(crate) is_missing: RwSignal<bool>,
}

impl RejectForm {
    /// Loads the reasons.
    pub(crate) fn start() -> RejectForm {
        let (reasons, choice) = (RwSignal::new(Vec::new()), RwSignal::new(String::new()));
        let form = RejectForm { reasons, choice, text: RwSignal::new(String::new()), is_missing: RwSignal::new(false) };
        let client = use_session().client();
        spawn_local(async move {
            if let Ok(list) = client.reject_reasons().await {
                // A reason that is being written is not taken away.
                if form.text.try_with_untracked(String::is_empty) == Some(false) {
                    form.choice.try_set(OTHER.to_owned());
                }
                form.reasons.try_set(list.reasons);
            }
        });
        form
    }

    /// Whether there is a list to choose from.
    pub(crate) fn has_choice(self) -> bool {
        self.reasons.with(|reasons| !reasons.is_empty())
    }

    /// Whether the reason is written.
    pub(crate) fn is_other(self) -> bool {
        !self.has_choice() || self.choice.with(|choice| choice == OTHER)
    }

    /// The label of the field for another reason.
    pub(crate) fn other_label(self) -> &'static str {
        if self.reasons.with_untracked(Vec::is_empty) { "Reason" } else { "Your reason" }
    }

    pub(crate) fn choose(self, choice: String) {
        self.is_missing.set(false);
        self.choice.set(choice);
    }

    /// The reason; none where it is still to be given, which is noted.
    pub(crate) fn reason(self) -> Option<String> {
        let is_other = untrack(|| self.is_other());
        let said = if is_other { self.text } else { self.choice };
        let said = said.with_untracked(|said| said.trim().to_owned());
        self.is_missing.set(said.is_empty());
        (!said.is_empty()).then_some(said)
    }
}
