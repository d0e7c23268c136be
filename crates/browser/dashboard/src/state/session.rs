//! The session of the app.

use knock_model::{Millis, Permission};
use knock_wire::{DeliveryTrouble, SessionState};
use leptos::prelude::*;

use crate::api::{Client, Failure, Transport};
use crate::kit::browser;
use crate::kit::clock::ServerClock;

/// Whether a member is signed in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SignedIn {
    /// Not loaded yet.
    Unknown,
    /// This member.
    As(SessionState),
    /// No member.
    NoOne,
    /// Unknown, after a failed request.
    Failed(Failure),
}

#[derive(Clone, Copy)]
pub(crate) struct Session {
    state: RwSignal<SignedIn>,
    client: StoredValue<Client>,
    clock: ServerClock,
    /// Whether setting a password is offered.
    pub(crate) offers_password: RwSignal<bool>,
    /// Whether the member is asked for their name.
    pub(crate) asks_name: RwSignal<bool>,
    /// What this server does not deliver, for admins.
    pub(crate) troubles: RwSignal<Vec<DeliveryTrouble>>,
}

/// The storage key of the address of the member with a password offer.
const OFFER: &str = "knock_offer_password";
/// The storage key of the address of the member who does not want to be asked for a name.
const NAMELESS: &str = "knock_nameless";

impl Session {
    /// A session that is not loaded yet; sends requests by `send`.
    pub(crate) fn new(send: Transport, clock: ServerClock) -> Session {
        let state = RwSignal::new(SignedIn::Unknown);
        let client = Client::new(send, move || state.set(SignedIn::NoOne));
        let (offers_password, asks_name) = (RwSignal::new(false), RwSignal::new(false));
        let troubles = RwSignal::new(Vec::new());
        Session { state, client: StoredValue::new(client), clock, offers_password, asks_name, troubles }
    }

    /// Whether a member is signed in.
    pub(crate) fn state(self) -> SignedIn {
        self.state.get()
    }

    /// Whether the member's role has a permission.
    pub(crate) fn may(self, permission: Permission) -> bool {
        self.state.with(|state| match state {
            SignedIn::As(state) => state.role.known().is_some_and(|role| role.may(permission)),
            SignedIn::Unknown | SignedIn::NoOne | SignedIn::Failed(_) => false,
        })
    }

    /// The member's role, as the server calls it; empty before the session is loaded.
    pub(crate) fn role(self) -> String {
        self.state.with(|state| match state {
            SignedIn::As(state) => state.role.spelling().into_owned(),
            SignedIn::Unknown | SignedIn::NoOne | SignedIn::Failed(_) => String::new(),
        })
    }

    /// The member's address; empty before the session is loaded.
    pub(crate) fn email(self) -> String {
        self.state.with(|state| match state {
            SignedIn::As(state) => state.email.clone(),
            SignedIn::Unknown | SignedIn::NoOne | SignedIn::Failed(_) => String::new(),
        })
    }

    /// The member's name; empty without one.
    pub(crate) fn name_untracked(self) -> String {
        self.state.with_untracked(|state| match state {
            SignedIn::As(state) => state.name.clone(),
            SignedIn::Unknown | SignedIn::NoOne | SignedIn::Failed(_) => String::new(),
        })
    }

    /// Notes the member's name after a change.
    pub(crate) fn rename(self, name: &str) {
        self.asks_name.set(name.is_empty() && self.asks_name.get_untracked());
        self.state.update(|state| {
            if let SignedIn::As(state) = state {
                name.clone_into(&mut state.name);
            }
        });
    }

    /// Ends the question for a name, also after a reload.
    pub(crate) fn stay_nameless(self) {
        browser::keep(NAMELESS, &self.email_untracked());
        self.asks_name.set(false);
    }

    /// The address, without following it.
    pub(crate) fn email_untracked(self) -> String {
        untrack(|| self.email())
    }

    pub(crate) fn client(self) -> Client {
        self.client.get_value()
    }

    /// The server's time to the millisecond.
    pub(crate) fn instant(self) -> Millis {
        self.clock.instant()
    }

    /// Loads the signed-in member from the server. A known member stays while the server cannot be reached.
    pub(crate) async fn check(self) -> Result<(), Failure> {
        let answer = self.client().session().await;
        match answer {
            Ok(state) => self.begin(state),
            Err(failure) => {
                let is_known = matches!(self.state.get_untracked(), SignedIn::As(_) | SignedIn::NoOne);
                if !is_known {
                    self.state.set(SignedIn::Failed(failure.clone()));
                }
                return Err(failure);
            }
        }
        Ok(())
    }

    pub(crate) fn begin(self, state: SessionState) {
        self.clock.set(Millis(state.now));
        if state.offers_password {
            browser::keep(OFFER, &state.email);
        }
        self.offers_password.set(!state.email.is_empty() && browser::kept(OFFER) == state.email);
        let is_nameless = state.name.is_empty() && !state.email.is_empty();
        self.asks_name.set(is_nameless && browser::kept(NAMELESS) != state.email);
        self.troubles.set(state.deliveries);
        // The same member causes no change: a redraw of the page would drop typed text.
        let state = SignedIn::As(SessionState { now: 0, offers_password: false, deliveries: Vec::new(), ..state });
        if self.state.with_untracked(|known| *known != state) {
            self.state.set(state);
        }
    }

    pub(crate) fn end_offer(self) {
        if self.offers_password.get_untracked() {
            browser::keep(OFFER, "");
            self.offers_password.set(false);
        }
    }

    /// Ends the session: no member is signed in.
    pub(crate) fn end(self) {
        self.state.set(SignedIn::NoOne);
    }
}

pub(crate) fn use_session() -> Session {
    expect_context()
}
