//! Actions on calendar accounts: connect, change, check, disconnect.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::CalendarAccountId;
use knock_wire::{CalendarAccount, CalendarAccounts, CalendarChange, CalendarConsent, CalendarDraft};
use leptos::prelude::*;
use std::collections::VecDeque;

use super::state::{CONNECT, Calendars, Part, heading_id, sign_in_id};
use super::usage::{apply, change_policy, change_read, change_to};
use crate::api::{Client, Failure};
use crate::kit::browser;
use crate::kit::changing::{focus_after_dialog, focus_later, one_at_a_time};
use crate::state::settings::credentials::listed_fields;
use crate::words::calendar::connected_words;
use crate::words::calendar_policy::PolicyKind;

impl Calendars {
    /// Opens a form or a question.
    pub(crate) fn ask(self, what: Part) {
        let public = match what {
            Part::SignIn(id) => self.account(id).map(|account| account.credentials),
            Part::Page | Part::Connect | Part::EventsIn | Part::Account(_) | Part::Leave(_) => None,
        };
        self.typed.fill(public.unwrap_or_default());
        self.failure.set(None);
        self.said.set((Part::Page, String::new()));
        self.open.set(what);
    }

    /// Closes what is open, and drops what is typed there.
    pub(crate) fn close(self) {
        self.typed.clear();
        self.failure.set(None);
        self.open.set(Part::Page);
    }

    /// Chooses the provider of the form.
    pub(crate) fn choose(self, provider: String) {
        self.typed.clear();
        self.failure.set(None);
        self.provider.set(provider);
    }

    /// Connects the account of the typed credentials.
    pub(crate) fn connect(self) {
        let Some(provider) = untrack(|| self.chosen()) else { return };
        let fields = listed_fields(CONNECT, provider.credentials.unwrap_or_default().fields);
        let change = CalendarChange { credentials: self.typed.of_fields(&fields), ..CalendarChange::default() };
        let draft = CalendarDraft { provider: provider.provider.to_string(), change };
        self.act(Part::Connect, move |client| {
            async move {
                let account = client.connect_calendar(&draft).await?;
                self.typed.clear();
                self.open.try_set(Part::Page);
                self.said.try_set((Part::Page, connected_words(&account)));
                // The form with the focus is removed.
                focus_later(heading_id(account.id));
                self.put(account);
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Leaves for the page on which a provider asks for a consent: for a new account, or again for a known one.
    pub(crate) fn ask_consent(self, provider: &str, account: Option<CalendarAccountId>) {
        if self.is_busy.get_untracked() {
            return;
        }
        let part = account.map_or(Part::Connect, Part::Account);
        self.said.set((part, String::new()));
        self.failed.set(part);
        let (client, consent) = (self.session.client(), CalendarConsent { provider: provider.to_owned(), account });
        let work = async move {
            browser::go_to(client.ask_calendar_consent(&consent).await?.url.reveal());
            Ok(())
        };
        let ended = move |failure: Option<Failure>| {
            // Nothing is loaded again while the page is left.
            if failure.is_some() || self.unsent.with_value(|unsent| !unsent.is_empty()) {
                self.ended(failure);
            }
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// Changes the credentials of an account.
    pub(crate) fn save_sign_in(self, id: CalendarAccountId) {
        let Some(account) = self.account(id) else { return };
        let credentials = self.typed.of_fields(&self.sign_in_fields(&account));
        let change = CalendarChange { credentials, ..CalendarChange::default() };
        self.act(Part::SignIn(id), move |client| {
            async move {
                self.put(client.change_calendar(id, &change).await?);
                self.typed.clear();
                self.open.try_set(Part::Page);
                self.said.try_set((Part::Account(id), "Saved.".to_owned()));
                focus_later(sign_in_id(id));
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Lists the calendars of an account anew, and reads them.
    pub(crate) fn check(self, id: CalendarAccountId) {
        self.act(Part::Account(id), move |client| {
            self.said.set((Part::Account(id), "Reading\u{2026}".to_owned()));
            async move {
                let account = client.test_calendar(id).await?;
                let is_read = account.health.problem.is_empty();
                let words = if is_read { "Read a moment ago." } else { "It cannot be read." };
                self.said.try_set((Part::Account(id), words.to_owned()));
                self.put(account);
                Ok(())
            }
            .boxed_local()
        });
    }

    pub(crate) fn disconnect(self, id: CalendarAccountId) {
        self.act(Part::Leave(id), move |client| {
            async move {
                match client.disconnect_calendar(id).await {
                    // Disconnected in another window.
                    Ok(()) | Err(Failure::NotFound) => {}
                    Err(failure) => return Err(failure),
                }
                self.open.try_set(Part::Page);
                self.said
                    .try_set((Part::Page, "Disconnected. Meetings that were written into it stay there.".to_owned()));
                self.update(|stored| stored.accounts.retain(|account| account.id != id));
                focus_after_dialog(self.region);
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Sets whether the events of a calendar block times.
    pub(crate) fn read(self, id: CalendarAccountId, calendar: &str, is_read: bool) {
        if let Some(account) = self.account(id) {
            self.change(Part::Account(id), id, change_read(&account, calendar, is_read));
        }
    }

    /// Sets whether the events of a kind block times.
    pub(crate) fn block(self, id: CalendarAccountId, kind: PolicyKind, blocks: bool) {
        if let Some(account) = self.account(id) {
            self.change(Part::Account(id), id, change_policy(&account, kind, blocks));
        }
    }

    /// Sets whether meetings without a location get a conference of the provider.
    pub(crate) fn confer(self, id: CalendarAccountId, has_conferences: bool) {
        let change = CalendarChange { has_conferences: Some(has_conferences), ..CalendarChange::default() };
        self.change(Part::Account(id), id, change);
    }

    /// Sets the calendar that meetings are written into, by its value in the list.
    pub(crate) fn write_into(self, option: &str) {
        if let Some((id, change)) = change_to(&untrack(|| self.all()), option) {
            self.change(Part::EventsIn, id, change);
        }
    }

    /// Shows a change at once, and sends it after those before it: boxes can be ticked one after the other.
    fn change(self, part: Part, id: CalendarAccountId, change: CalendarChange) {
        self.update(|stored| apply(&mut stored.accounts, id, &change));
        self.unsent.update_value(|unsent| unsent.push_back((part, id, change)));
        self.send_next();
    }

    fn send_next(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        let next = self.unsent.try_update_value(VecDeque::pop_front).flatten();
        let Some((part, id, change)) = next else { return self.load() };
        self.act(part, move |client| {
            async move {
                client.change_calendar(id, &change).await?;
                self.said.try_set((part, "Saved.".to_owned()));
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Puts an account in its place, or last.
    fn put(self, account: CalendarAccount) {
        self.update(|stored| match stored.accounts.iter_mut().find(|known| known.id == account.id) {
            Some(known) => *known = account,
            None => stored.accounts.push(account),
        });
    }

    /// Changes the shown accounts; no effect after the page was left.
    fn update(self, change: impl FnOnce(&mut CalendarAccounts)) {
        self.stored.value.try_update(|stored| stored.as_mut().map(change));
    }

    fn act(self, part: Part, work: impl FnOnce(Client) -> LocalBoxFuture<'static, Result<(), Failure>>) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.said.set((part, String::new()));
        self.failed.set(part);
        // A list that is under way may lack this change.
        self.stored.outdate();
        let ended = move |failure: Option<Failure>| self.ended(failure);
        one_at_a_time(self.is_busy, self.failure, work(self.session.client()), Box::new(ended));
    }

    /// Sends the next change, else loads the accounts: a change of one can change another.
    fn ended(self, failure: Option<Failure>) {
        if failure.is_some() {
            // They were made on what the server has refused.
            self.unsent.update_value(VecDeque::clear);
            self.said.set((Part::Page, String::new()));
        }
        if failure == Some(Failure::NotFound) && self.failed.get_untracked() != Part::Connect {
            // Its panel goes with the next list.
            self.said.set((Part::Page, "This calendar account was disconnected meanwhile.".to_owned()));
        } else {
            self.failure.set(failure);
        }
        self.send_next();
    }
}
