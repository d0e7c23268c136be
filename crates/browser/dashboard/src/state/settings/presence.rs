//! The presence of the signed-in member.

use knock_model::AvailabilityState;
use knock_routing::RepState;
use knock_wire::{RepStateWord, Word};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::hand_over::HandOver;
use crate::state::session::{Session, use_session};

/// The presence; empty until it is loaded.
#[derive(Clone, Copy)]
pub(crate) struct OwnPresence {
    /// The state of the member for routing.
    pub(crate) known: RwSignal<Option<RepState>>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
}

pub(crate) fn provide_presence() {
    provide_context(OwnPresence { known: RwSignal::new(None), is_busy: RwSignal::new(false) });
}

pub(crate) fn use_presence() -> OwnPresence {
    use_context().unwrap_or_else(|| OwnPresence { known: RwSignal::new(None), is_busy: RwSignal::new(false) })
}

impl OwnPresence {
    pub(crate) fn load(self) {
        let session = use_session();
        spawn_local(async move {
            if let Ok(now) = session.client().own_state().await {
                self.changed(&now.state);
            }
        });
    }

    /// Sets the state.
    pub(crate) fn changed(self, state: &RepStateWord) {
        let state = match state {
            Word::Known(state) => *state,
            Word::Unknown(_) => RepState::Away,
        };
        self.known.try_set(Some(state));
    }

    /// Whether the member set themselves away.
    pub(crate) fn is_away(self) -> bool {
        self.known.get() == Some(RepState::Away)
    }

    /// Toggles between active and away; away has no end, so that a hand-over of open chats may be offered.
    pub(crate) fn toggle(self, session: Session, hand_over: HandOver) {
        if self.is_busy.get_untracked() {
            return;
        }
        let wanted = if self.is_away() { AvailabilityState::Active } else { AvailabilityState::Away };
        self.is_busy.set(true);
        spawn_local(async move {
            if let Ok(now) = session.client().set_own_state(wanted).await {
                self.changed(&now.state);
                hand_over.offer(now.absence.as_ref());
            }
            self.is_busy.try_set(false);
        });
    }
}
