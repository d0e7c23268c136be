//! Connecting and changing a calendar account: its provider is asked before anything is stored.

use super::shown;
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_calendar_sync::{entered, field_error, opened, problem, used};
use knock_engine::commands::{CalendarSaved, NoteCalendar, SaveCalendar, SendAgain, busy_window};
use knock_model::{CalendarAccountId, Destination, RepId};
use knock_ports::{
    CALENDAR_TIMEOUT, CalendarDetails, CalendarFailure, CalendarVendor, Calendars, ConnectedCalendar, FoundCalendar,
};
use knock_wire::{CalendarAccount, CalendarChange};
use std::time::Duration;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_millis(CALENDAR_TIMEOUT.0.unsigned_abs());

/// An account of a member, which is new if it is not known yet.
pub(super) struct Account<'a> {
    pub(super) state: &'a AppState,
    pub(super) vendor: &'a dyn CalendarVendor,
    pub(super) member: RepId,
    pub(super) id: CalendarAccountId,
    pub(super) known: Option<ConnectedCalendar>,
}

impl<'a> Account<'a> {
    /// A connected account of the member.
    pub(super) async fn of(state: &'a AppState, member: RepId, id: &str) -> Result<Account<'a>, Problem> {
        let id = CalendarAccountId::parse(id).map_err(|_| Problem::not_found())?;
        let known = read(state.core.store.clone(), move |view| view.calendar(id)).await?;
        let known = known.filter(|known| known.member == member).ok_or_else(Problem::not_found)?;
        let vendor = state.calendars.accounts.vendor(known.details.provider).ok_or_else(Problem::not_found)?;
        Ok(Account { state, vendor, member, id, known: Some(known) })
    }

    /// Makes a change. New credentials are tried first.
    pub(super) async fn change(self, caller: &Caller, change: &CalendarChange) -> Result<CalendarAccount, Problem> {
        let details = match &self.known {
            Some(known) if change.credentials.is_empty() => {
                let found = known.details.found.clone();
                used(found, change, Some(&known.details), true).map_err(Problem::invalid)?.instead(&known.details)
            }
            _ => self.entered(change).await?,
        };
        self.save(caller, details).await?;
        self.read_now().await?;
        self.state.calendar_watch.wake(self.id);
        self.shown().await
    }

    /// Requests the calendars anew, reads them, and sends what was given up again. A failure is the state of the account, not of this request.
    pub(super) async fn test(self, caller: &Caller) -> Result<CalendarAccount, Problem> {
        let Some(ConnectedCalendar { details, .. }) = self.known.clone() else { return Err(Problem::not_found()) };
        let account = self.state.calendars.accounts.open(self.id, &details).await;
        let found = match account {
            Ok(account) => in_time(account.calendars()).await.map_err(|failure| problem(&details, &failure)),
            Err(reason) => Err(reason),
        };
        match found {
            Ok(found) => {
                let changed = used(found, &CalendarChange::default(), Some(&details), true);
                let changed = changed.map_err(Problem::invalid)?.instead(&details);
                if changed == details {
                    let (to, now) = (Destination::calendar(self.id), self.state.core.clock.now());
                    self.state.core.make(caller.actor(), SendAgain { to, number: None, now }).await?;
                    self.state.calendars.forget(self.id);
                } else {
                    self.save(caller, changed).await?;
                }
                self.read_now().await?;
            }
            Err(problem) => {
                let (now, name) = (self.state.core.clock.now(), self.state.calendars.accounts.name(&details));
                let failed = NoteCalendar { id: self.id, details, name, problem, unread: None, now };
                self.state.core.writer.commit(failed).await?;
                self.state.calendars.forget(self.id);
            }
        }
        self.state.calendar_watch.wake(self.id);
        self.shown().await
    }

    /// The account with the entered credentials, which its provider has just accepted.
    async fn entered(&self, change: &CalendarChange) -> Result<CalendarDetails, Problem> {
        let accounts = &self.state.calendars.accounts;
        let credentials = entered(accounts, self.vendor, &change.credentials, self.known.as_ref());
        let credentials = credentials.map_err(Problem::invalid)?;
        let account = opened(self.vendor, &credentials).map_err(Problem::invalid)?;
        let blamed = |failure| Problem::invalid(field_error(self.vendor.blamed(&failure)));
        let found = in_time(account.calendars()).await.map_err(blamed)?;
        if found.is_empty() {
            let none = CalendarFailure::Refused("the account has no calendars".to_owned());
            return Err(blamed(none));
        }
        let member = self.member;
        let own = read(self.state.core.store.clone(), move |view| view.calendars_of(member)).await?;
        let is_written = own.iter().any(|other| !other.details.events_in.is_empty());
        let known = self.known.as_ref().map(|known| &known.details);
        let used = used(found, change, known, is_written).map_err(Problem::invalid)?;
        Ok(used.details(accounts, self.vendor, (self.id, credentials), &*self.state.core.chance))
    }

    async fn save(&self, caller: &Caller, details: CalendarDetails) -> Result<(), Problem> {
        let (id, member, now) = (self.id, self.member, self.state.core.clock.now());
        let saved =
            self.state.core.make(caller.actor(), SaveCalendar { id, member, details, tokens: None, now }).await?;
        self.state.calendars.forget(id);
        let first = self.vendor.credentials().and_then(|form| form.fields.first());
        let pointer = first.map_or_else(|| "/provider".to_owned(), |field| format!("/{}", field.name));
        match saved {
            CalendarSaved::Saved => Ok(()),
            CalendarSaved::Unknown => Err(Problem::not_found()),
            CalendarSaved::IsConnected => Err(super::wrong(&pointer, "is of an account that is connected already")),
            CalendarSaved::TooMany(most) => Err(super::wrong(
                &pointer,
                format!("would be one more than the {most} accounts that a member can have"),
            )),
        }
    }

    /// Reads the busy times of the member, which records how the account is going.
    async fn read_now(&self) -> Result<(), Problem> {
        let now = self.state.core.clock.now();
        let window = read(self.state.core.store.clone(), move |view| busy_window(view, now)).await?;
        self.state.calendars.busy(&[self.member], window.start, window.end).await;
        Ok(())
    }

    async fn shown(&self) -> Result<CalendarAccount, Problem> {
        let (id, reader) = (self.id, self.state.calendars.clone());
        let found = read(self.state.core.store.clone(), move |view| {
            view.calendar(id)?.map(|calendar| shown::account(view, &reader, calendar)).transpose()
        });
        found.await?.ok_or_else(Problem::not_found)
    }
}

async fn in_time(
    calendars: knock_ports::CalendarFuture<'_, Vec<FoundCalendar>>,
) -> Result<Vec<FoundCalendar>, CalendarFailure> {
    let silent = || CalendarFailure::Later { words: "it did not answer in time".to_owned(), after: None };
    timeout(PATIENCE, calendars).await.unwrap_or_else(|_| Err(silent()))
}
