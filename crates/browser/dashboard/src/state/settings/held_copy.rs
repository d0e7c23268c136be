//! The release of a copy of a workspace, and what becomes of what waits there.

use futures_util::FutureExt;
use knock_wire::OutboundState;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::single::Single;
use crate::state::session::Session;

/// The id of the button that dismisses the result.
pub(crate) const RELEASED_BUTTON: &str = "copy-released-ok";

/// The question whether a copy sends, and its result.
#[derive(Clone, Copy)]
pub(crate) struct HeldCopy {
    session: Session,
    /// Whether the question is open.
    pub(crate) is_asking: RwSignal<bool>,
    /// What waits.
    pub(crate) outbound: Single<OutboundState>,
    /// Whether what waits is discarded; none before a choice.
    pub(crate) discards: RwSignal<Option<bool>>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether the member has just released it.
    pub(crate) is_released: RwSignal<bool>,
}

impl HeldCopy {
    pub(crate) fn new(session: Session) -> HeldCopy {
        let outbound = Single::new(move || {
            let client = session.client();
            async move { client.outbound().await }.boxed_local()
        });
        HeldCopy {
            session,
            is_asking: RwSignal::new(false),
            outbound,
            discards: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            is_released: RwSignal::new(false),
        }
    }

    /// Opens the question and loads what waits.
    pub(crate) fn ask(self) {
        self.discards.set(None);
        self.failure.set(None);
        self.outbound.load();
        self.is_asking.set(true);
    }

    /// Whether something waits, once that is loaded.
    pub(crate) fn has_waiting(self) -> Option<bool> {
        self.outbound.value.with(|state| state.as_ref().map(|state| !state.waiting.is_empty()))
    }

    /// Whether the question is answered: what waits is known, and its fate is chosen if something waits.
    pub(crate) fn is_ready(self) -> bool {
        self.has_waiting().is_some_and(|has_waiting| !has_waiting || self.discards.get().is_some())
    }

    /// Lets the copy send, as chosen.
    pub(crate) fn release(self) {
        let (client, session) = (self.session.client(), self.session);
        let discards = self.discards.get_untracked().unwrap_or_default();
        let work = async move {
            client.release_outbound(discards).await?;
            session.is_held.set(false);
            Ok(())
        };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.close();
                self.is_released.set(true);
                focus_later(RELEASED_BUTTON.to_owned());
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// Closes the question: the copy sends nothing.
    pub(crate) fn close(self) {
        self.is_asking.set(false);
    }
}
