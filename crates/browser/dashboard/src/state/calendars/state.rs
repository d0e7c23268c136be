//! The member's calendar accounts, and the open forms of their page.

use futures_util::FutureExt;
use knock_model::{CalendarAccountId, Permission};
use knock_wire::{
    CalendarAccount, CalendarAccounts, CalendarApp, CalendarApps, CalendarChange, CalendarHealth,
    CalendarProviderShown, CalendarProviderWord,
};
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::VecDeque;

use super::usage::shown_provider;
use crate::api::{Client, Failure};
use crate::kit::reactive::effect;
use crate::kit::rows::Rows;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::state::settings::credentials::{CredentialField, Credentials, listed_fields};

/// The beginning of the ids of the fields that connect an account.
pub(crate) const CONNECT: &str = "calendar-";

/// The id of the heading of an account.
pub(crate) fn heading_id(id: CalendarAccountId) -> String {
    format!("calendar-{id}")
}

/// The id of the button that opens the credentials of an account.
pub(crate) fn sign_in_id(id: CalendarAccountId) -> String {
    format!("calendar-{id}-sign-in")
}

/// A part of the page: it is open, or a failure or a message is about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The page itself.
    Page,
    /// The form that connects an account.
    Connect,
    /// The choice of the calendar that meetings are written into.
    EventsIn,
    /// The panel of an account.
    Account(CalendarAccountId),
    /// The form of an account's credentials.
    SignIn(CalendarAccountId),
    /// The confirmation of disconnecting an account.
    Leave(CalendarAccountId),
}

/// The accounts and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct Calendars {
    pub(super) session: Session,
    pub(crate) stored: Single<CalendarAccounts>,
    /// The accounts, each with its elements.
    pub(crate) accounts: Rows<CalendarAccount>,
    /// The state of each member's calendars; for members who manage the team.
    pub(crate) team: Single<Vec<(String, CalendarHealth)>>,
    /// The apps of providers that ask for consents; for members with the permission to manage connections.
    pub(crate) apps: Single<CalendarApps>,
    /// The open form or question; the page itself for none.
    pub(crate) open: RwSignal<Part>,
    /// The provider chosen in the form; empty before one is chosen.
    pub(crate) provider: RwSignal<String>,
    /// The credentials in the open form.
    pub(crate) typed: Credentials,
    /// Changes that are shown already and still to be sent.
    pub(super) unsent: StoredValue<VecDeque<(Part, CalendarAccountId, CalendarChange)>>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(super) failure: RwSignal<Option<Failure>>,
    /// The part that the failure is about.
    pub(super) failed: RwSignal<Part>,
    /// The message about the last change, and its part.
    pub(super) said: RwSignal<(Part, String)>,
    /// The element that gets the focus when a focused account is removed.
    pub(crate) region: NodeRef<Div>,
}

impl Calendars {
    /// Loads the accounts.
    pub(crate) fn start() -> Calendars {
        let session = use_session();
        let stored = Single::new(move || {
            let client = session.client();
            async move { client.calendars().await }.boxed_local()
        });
        let calendars = Calendars {
            session,
            stored,
            accounts: Rows::new(),
            team: team(session),
            apps: apps(session),
            open: RwSignal::new(Part::Page),
            provider: RwSignal::new(String::new()),
            typed: Credentials::new(),
            unsent: StoredValue::new(VecDeque::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            failed: RwSignal::new(Part::Page),
            said: RwSignal::new((Part::Page, String::new())),
            region: NodeRef::new(),
        };
        effect(move || calendars.accounts.set(calendars.all()));
        calendars.load();
        calendars
    }

    /// Loads the accounts, and the state of the team's and the apps where they are shown.
    pub(super) fn load(self) {
        self.stored.load();
        if self.enters_apps() {
            self.apps.load();
        }
        if self.sees_team() {
            self.team.load();
        }
    }

    /// The same, unless a change is under way: it is loaded after that anyway.
    pub(super) fn load_unless_busy(self) {
        if !self.is_busy.get_untracked() {
            self.load();
        }
    }

    pub(super) fn client(self) -> Client {
        self.session.client()
    }

    /// Shows an app as it was stored now; false after the page was left.
    pub(super) fn put_app(self, app: CalendarApp) -> bool {
        // A list that is under way may lack this change.
        self.apps.outdate();
        let put = |stored: &mut Option<CalendarApps>| {
            let known = stored.iter_mut().flat_map(|stored| stored.apps.iter_mut());
            known.filter(|known| known.provider == app.provider).for_each(|known| known.clone_from(&app));
        };
        self.apps.value.try_update(put).is_some()
    }

    /// Whether the member sees the state of the calendars of others.
    pub(crate) fn sees_team(self) -> bool {
        self.session.may(Permission::ManageTeam)
    }

    /// Whether the member enters the apps of providers.
    pub(crate) fn enters_apps(self) -> bool {
        self.session.may(Permission::ManageConnections)
    }

    /// The accounts as they are shown.
    pub(crate) fn all(self) -> Vec<CalendarAccount> {
        self.stored.value.with(|stored| stored.as_ref().map(|stored| stored.accounts.clone())).unwrap_or_default()
    }

    /// The account with this id, without following it.
    pub(crate) fn account(self, id: CalendarAccountId) -> Option<CalendarAccount> {
        untrack(|| self.all()).into_iter().find(|account| account.id == id)
    }

    /// Whether an account is connected.
    pub(crate) fn is_connected(self) -> bool {
        self.stored.value.with(|stored| stored.as_ref().is_some_and(|stored| !stored.accounts.is_empty()))
    }

    /// The providers whose accounts are connected here.
    pub(crate) fn offered(self) -> Vec<CalendarProviderShown> {
        let listed = self.stored.value.with(|stored| stored.as_ref().map(|stored| stored.providers.clone()));
        let is_offered =
            |provider: &CalendarProviderShown| provider.credentials.is_some() || provider.consent.is_some();
        listed.into_iter().flatten().filter(is_offered).collect()
    }

    /// The provider of the form.
    pub(crate) fn chosen(self) -> Option<CalendarProviderShown> {
        shown_provider(&self.offered(), &self.provider.get()).cloned()
    }

    /// Whether a consent of a provider can be asked for; none if its accounts are connected in another way.
    pub(crate) fn consent_of(self, provider: &CalendarProviderWord) -> Option<bool> {
        let offered = self.offered();
        let known = offered.iter().find(|known| known.provider == *provider)?;
        known.consent.map(|consent| consent.is_ready)
    }

    /// The fields of an account's credentials, without following them; none if its provider lists none.
    pub(crate) fn sign_in_fields(self, account: &CalendarAccount) -> Vec<CredentialField> {
        let offered = untrack(|| self.offered());
        let form = offered.into_iter().find(|provider| provider.provider == account.provider);
        let listed = form.and_then(|provider| provider.credentials).unwrap_or_default().fields;
        listed_fields(&format!("calendar-{}-", account.id), listed)
    }

    /// The errors of a part at a pointer, or below it.
    pub(crate) fn errors(self, part: Part, pointer: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure_of(part) else { return Vec::new() };
        let here = |at: &str| at == pointer || at.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/'));
        problem.errors.iter().filter(|error| here(&error.pointer)).map(|error| error.reason.clone()).collect()
    }

    /// The failure of a part, unless one of these pointers shows it.
    pub(crate) fn unplaced(self, part: Part, shown: &[String]) -> Option<Failure> {
        let is_placed = || shown.iter().any(|pointer| !self.errors(part, pointer).is_empty());
        self.failure_of(part).filter(|_| !is_placed())
    }

    fn failure_of(self, part: Part) -> Option<Failure> {
        self.failure.get().filter(|_| self.failed.get() == part)
    }

    /// The message about a part.
    pub(crate) fn said(self, part: Part) -> String {
        self.said.with(|(of, words)| if *of == part { words.clone() } else { String::new() })
    }
}

/// The apps of providers.
fn apps(session: Session) -> Single<CalendarApps> {
    Single::new(move || {
        let client = session.client();
        async move { client.calendar_apps().await }.boxed_local()
    })
}

/// The state of the calendars of each member.
fn team(session: Session) -> Single<Vec<(String, CalendarHealth)>> {
    Single::new(move || {
        let client = session.client();
        async move {
            let mut known = Vec::new();
            for rep in client.reps().await?.reps {
                known.push((rep.email, client.calendar_of(&rep.id.to_string()).await?));
            }
            Ok(known)
        }
        .boxed_local()
    })
}
