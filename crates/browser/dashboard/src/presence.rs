//! Whether the member who looks takes leads now.

use knock_model::AvailabilityState;
use knock_routing::RepState;
use knock_wire::{Availability, RepRow, Word};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::session::{Session, use_session};

/// What is known of it; empty until it is loaded.
#[derive(Clone, Copy)]
pub(crate) struct OwnPresence {
    /// Whether leads come now, and what was set.
    pub(crate) known: RwSignal<Option<(RepState, Availability)>>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
}

/// Provides it to the app.
pub(crate) fn provide_presence() {
    provide_context(OwnPresence { known: RwSignal::new(None), is_busy: RwSignal::new(false) });
}

/// The one of the app.
pub(crate) fn use_presence() -> OwnPresence {
    use_context().unwrap_or_else(|| OwnPresence { known: RwSignal::new(None), is_busy: RwSignal::new(false) })
}

impl OwnPresence {
    /// Asks for it.
    pub(crate) fn load(self) {
        let session = use_session();
        spawn_local(async move {
            if let Ok(row) = session.client().availability().await {
                self.changed(&row);
            }
        });
    }

    /// It is so from now on.
    pub(crate) fn changed(self, row: &RepRow) {
        let state = match &row.state {
            Word::Known(state) => *state,
            Word::Unknown(_) => RepState::Away,
        };
        self.known.try_set(Some((state, row.availability.clone())));
    }

    /// Whether away by one's own word.
    pub(crate) fn is_away(self) -> bool {
        self.known.with(|known| known.as_ref().is_some_and(|(state, _)| *state == RepState::Away))
    }

    /// Active becomes away, without an end, and away becomes active.
    pub(crate) fn toggle(self, session: Session) {
        let Some((_, mut wanted)) = self.known.get_untracked() else { return };
        if self.is_busy.get_untracked() {
            return;
        }
        wanted.state = if self.is_away() { AvailabilityState::Active } else { AvailabilityState::Away };
        wanted.away_until = None;
        self.is_busy.set(true);
        spawn_local(async move {
            if let Ok(row) = session.client().set_availability(&wanted).await {
                self.changed(&row);
            }
            self.is_busy.try_set(false);
        });
    }
}
