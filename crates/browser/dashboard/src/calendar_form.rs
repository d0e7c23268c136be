//! Form state of the member's calendar.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::Permission;
use knock_wire::{CalendarConnection, CalendarDraft, CalendarHealth};
use leptos::prelude::*;

use crate::api::Failure;
use crate::browser;
use crate::changing::one_at_a_time;
use crate::reactive::effect;
use crate::session::{Session, use_session};
use crate::single::Single;
use crate::words::field_errors;

/// The id of the field for the address of the server.
pub(crate) const ADDRESS: &str = "calendar-url";
const FIELDS: [&str; 3] = ["url", "user", "password"];

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct CalendarForm {
    session: Session,
    pub(crate) stored: Single<CalendarConnection>,
    /// Members with a calendar, and its state; for members who manage the team.
    pub(crate) team: Single<Vec<(String, CalendarHealth)>>,
    pub(crate) url: RwSignal<String>,
    pub(crate) user: RwSignal<String>,
    /// The password in the form; empty to keep the stored one.
    pub(crate) password: RwSignal<String>,
    /// The calendars that block times.
    reads: RwSignal<Vec<String>>,
    /// The calendar that meetings are written into.
    pub(crate) events_in: RwSignal<String>,
    /// Whether something is being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl CalendarForm {
    /// Loads the calendar.
    pub(crate) fn start() -> CalendarForm {
        let session = use_session();
        let stored = Single::new(move || {
            let client = session.client();
            async move { client.calendar().await }.boxed_local()
        });
        let team = Single::new(move || {
            let client = session.client();
            async move {
                let mut known = Vec::new();
                for rep in client.reps().await?.reps {
                    known.push((rep.email, client.calendar_of(&rep.id.to_string()).await?));
                }
                Ok(known)
            }
            .boxed_local()
        });
        let text = || RwSignal::new(String::new());
        let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(""));
        let (url, user, password, events_in) = (text(), text(), text(), text());
        let reads = RwSignal::new(Vec::new());
        let form =
            CalendarForm { session, stored, team, url, user, password, reads, events_in, is_busy, failure, said };
        effect(move || {
            if let Some(stored) = stored.value.get() {
                form.fill(&stored);
            }
        });
        stored.load();
        if form.sees_team() {
            team.load();
        }
        form
    }

    /// Whether the member sees the state of the calendars of others.
    pub(crate) fn sees_team(self) -> bool {
        self.session.may(Permission::ManageTeam)
    }

    fn fill(self, stored: &CalendarConnection) {
        self.url.set(stored.url.clone());
        self.user.set(stored.user.clone());
        self.password.set(String::new());
        let read = stored.calendars.iter().filter(|calendar| calendar.is_read);
        self.reads.set(read.map(|calendar| calendar.url.clone()).collect());
        self.events_in.set(stored.events_in.clone());
    }

    pub(crate) fn is_connected(self) -> bool {
        self.stored.value.with(|stored| stored.as_ref().is_some_and(|stored| stored.health.is_connected))
    }

    /// Whether a calendar blocks times.
    pub(crate) fn is_read(self, calendar: &str) -> bool {
        self.reads.with(|reads| reads.iter().any(|read| read == calendar))
    }

    /// Sets whether a calendar blocks times.
    pub(crate) fn read(self, calendar: &str, is_read: bool) {
        self.said.set("");
        self.reads.update(|reads| {
            reads.retain(|read| read != calendar);
            if is_read {
                reads.push(calendar.to_owned());
            }
        });
    }

    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        match self.failure.get() {
            Some(Failure::Refused(problem)) => field_errors(&problem, field),
            _ => Vec::new(),
        }
    }

    /// The failure, unless a field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let is_placed = FIELDS.iter().any(|field| !self.errors(field).is_empty());
        self.failure.get().filter(|_| !is_placed)
    }

    /// Connects the calendar, or saves its connection.
    pub(crate) fn save(self) {
        let (client, draft) = (self.session.client(), self.draft());
        let work = async move {
            let connected = client.connect_calendar(&draft).await?;
            self.stored.value.try_set(Some(connected));
            self.said.try_set("Saved. The calendar was read a moment ago.");
            Ok(())
        };
        self.change(work.boxed_local());
    }

    pub(crate) fn disconnect(self) {
        let client = self.session.client();
        let work = async move {
            client.disconnect_calendar().await?;
            self.stored.value.try_set(Some(CalendarConnection::default()));
            self.said.try_set("Disconnected. Meetings that are in the calendar stay there.");
            // The focused button was removed.
            browser::focus_on(ADDRESS);
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        self.said.set("");
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() && self.sees_team() {
                self.team.load();
            }
            self.failure.try_set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }

    fn draft(self) -> CalendarDraft {
        let (url, user) = (self.url.get_untracked(), self.user.get_untracked());
        let same = |stored: &CalendarConnection| stored.health.is_connected && stored.url == url && stored.user == user;
        // For another account nothing is chosen yet.
        let is_chosen = self.stored.value.with_untracked(|stored| stored.as_ref().is_some_and(same));
        let password = Some(self.password.get_untracked()).filter(|password| !password.is_empty());
        CalendarDraft {
            url,
            user,
            password: password.map(Into::into),
            reads: is_chosen.then(|| self.reads.get_untracked()),
            events_in: is_chosen.then(|| self.events_in.get_untracked()),
        }
    }
}
