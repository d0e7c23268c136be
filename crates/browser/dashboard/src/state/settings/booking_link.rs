//! State of the member's own booking link.

use futures_util::FutureExt;
use knock_wire::{BookingLink, BookingLinkDraft};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::failure::{errors_at, unplaced};

/// The state of the booking link and of its changes.
#[derive(Clone, Copy)]
pub(crate) struct OwnBookingLink {
    session: Session,
    /// The link on the server.
    pub(crate) state: Single<BookingLink>,
    /// The last part of the address, as typed; only for a link that is not made yet.
    pub(crate) slug: RwSignal<String>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl OwnBookingLink {
    /// Loads the link.
    pub(crate) fn start() -> OwnBookingLink {
        let (session, slug) = (use_session(), RwSignal::new(String::new()));
        let state = Single::new(move || {
            let client = session.client();
            async move {
                let link = client.booking_link().await?;
                slug.try_set(link.slug.clone());
                Ok(link)
            }
            .boxed_local()
        });
        state.load();
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        OwnBookingLink { session, state, slug, is_busy, failure, said: RwSignal::new("") }
    }

    /// A value of the link; that of no link before it is loaded.
    pub(crate) fn of<T: Default>(self, read: impl FnOnce(&BookingLink) -> T) -> T {
        self.state.value.with(|link| link.as_ref().map(read).unwrap_or_default())
    }

    /// The errors of the address.
    pub(crate) fn errors(self) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), "slug"))
    }

    /// The failure, unless the address shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        unplaced(self.failure.get(), &["slug"])
    }

    /// Turns the link on or off; it is shown at once, and as it was if the server refuses.
    pub(crate) fn turn(self, is_on: bool) {
        let Some(before) = self.state.value.get_untracked() else { return };
        let slug = (!before.is_made).then(|| self.slug.with_untracked(|slug| slug.trim().to_owned()));
        let draft = BookingLinkDraft { is_on, slug };
        let client = self.session.client();
        self.said.set("");
        self.state.value.set(Some(BookingLink { is_on, ..before.clone() }));
        let work = async move {
            let link = client.change_booking_link(&draft).await?;
            self.state.value.try_set(Some(link));
            self.said.try_set(if is_on { "Your booking link is on." } else { "Your booking link is off." });
            Ok(())
        };
        let ended = move |refused: Option<Failure>| {
            if refused.is_some() {
                self.state.value.set(Some(before));
            }
            self.failure.set(refused);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
