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
    NoOne(Absence),
    /// Unknown, after a failed request.
    Failed(Failure),
}

/// Why no member is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// None was when the page was loaded.
    FromStart,
    /// The session ended while the page was open.
    Ended,
    /// The member signed out here.
    SignedOut,
}

#[derive(Clone, Copy)]
pub(crate) struct Session {
    state: RwSignal<SignedIn>,
    client: StoredValue<Client>,
    /// Whether the member signs out.
    is_leaving: StoredValue<bool>,
    clock: ServerClock,
    /// Whether setting a password is offered.
    pub(crate) offers_password: RwSignal<bool>,
    /// The member's name; empty without one.
    pub(crate) name: RwSignal<String>,
    /// Whether the member is asked for their name.
    pub(crate) asks_name: RwSignal<bool>,
    /// Whether this is a copy of a workspace, from which nothing is sent.
    pub(crate) is_held: RwSignal<bool>,
    /// Whether the demo site is in use.
    pub(crate) has_demo: RwSignal<bool>,
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
        let is_leaving = StoredValue::new(false);
        let client = Client::new(send, move || lose(state, is_leaving.try_get_value() == Some(true)));
        let (offers_password, asks_name) = (RwSignal::new(false), RwSignal::new(false));
        let (name, troubles) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
        Session {
            state,
            client: StoredValue::new(client),
            is_leaving,
            clock,
            offers_password,
            name,
            asks_name,
            is_held: RwSignal::new(false),
            has_demo: RwSignal::new(false),
            troubles,
        }
    }

    /// Whether a member is signed in.
    pub(crate) fn state(self) -> SignedIn {
        self.state.get()
    }

    /// Whether the member's role has a permission.
    pub(crate) fn may(self, permission: Permission) -> bool {
        self.state.with(|state| match state {
            SignedIn::As(state) => state.role.known().is_some_and(|role| role.may(permission)),
            SignedIn::Unknown | SignedIn::NoOne(_) | SignedIn::Failed(_) => false,
        })
    }

    /// The member's role, as the server calls it; empty before the session is loaded.
    pub(crate) fn role(self) -> String {
        self.state.with(|state| match state {
            SignedIn::As(state) => state.role.spelling().into_owned(),
            SignedIn::Unknown | SignedIn::NoOne(_) | SignedIn::Failed(_) => String::new(),
        })
    }

    /// The member's address; empty before the session is loaded.
    pub(crate) fn email(self) -> String {
        self.state.with(|state| match state {
            SignedIn::As(state) => state.email.clone(),
            SignedIn::Unknown | SignedIn::NoOne(_) | SignedIn::Failed(_) => String::new(),
        })
    }

    /// The member's name, else their address, as colleagues read it.
    pub(crate) fn shown_name(self) -> String {
        let name = self.name.get_untracked();
        if name.is_empty() { self.email_untracked() } else { name }
    }

    /// Notes the member's name after a change.
    pub(crate) fn rename(self, name: &str) {
        self.asks_name.set(name.is_empty() && self.asks_name.get_untracked());
        self.name.set(name.to_owned());
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
                let is_known = matches!(self.state.get_untracked(), SignedIn::As(_) | SignedIn::NoOne(_));
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
        self.name.set(state.name);
        self.is_held.set(state.is_held);
        self.has_demo.set(state.has_demo);
        self.troubles.set(state.deliveries);
        // The same member causes no change: a redraw of the page would drop typed text.
        let (name, deliveries) = (String::new(), Vec::new());
        let state = SignedIn::As(SessionState {
            now: 0,
            offers_password: false,
            is_held: false,
            has_demo: false,
            name,
            deliveries,
            ..state
        });
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

    /// Notes whether the member signs out: a request that comes back too late is no session that ended by itself.
    pub(crate) fn leave(self, is_leaving: bool) {
        self.is_leaving.set_value(is_leaving);
    }

    /// Ends the session: no member is signed in.
    pub(crate) fn end(self) {
        self.state.set(SignedIn::NoOne(Absence::SignedOut));
    }

    /// Why no member is signed in, if that is known.
    pub(crate) fn absence(self) -> Option<Absence> {
        self.state.with(|state| match state {
            SignedIn::NoOne(absence) => Some(*absence),
            SignedIn::Unknown | SignedIn::As(_) | SignedIn::Failed(_) => None,
        })
    }
}

/// The server knows no session: several requests may report it, also while the member signs out.
fn lose(state: RwSignal<SignedIn>, is_leaving: bool) {
    let absence = state.try_with_untracked(|state| match state {
        SignedIn::As(_) if is_leaving => Some(Absence::SignedOut),
        SignedIn::As(_) => Some(Absence::Ended),
        SignedIn::Unknown | SignedIn::Failed(_) => Some(Absence::FromStart),
        SignedIn::NoOne(_) => None,
    });
    if let Some(absence) = absence.flatten() {
        state.set(SignedIn::NoOne(absence));
    }
}

pub(crate) fn use_session() -> Session {
    expect_context()
}
