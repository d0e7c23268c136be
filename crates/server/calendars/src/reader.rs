//! Busy times of connected calendars.

use crate::accounts::{Accounts, problem};
use futures_util::future::join_all;
use knock_context::read;
use knock_engine::Writer;
use knock_engine::commands::{NoteCalendar, busy_window};
use knock_model::{CalendarAccountId, MemberState, Millis, RepId};
use knock_ports::{
    Busy, BusyFuture, BusyQuery, BusyRead, BusyTimes, CALENDAR_TIMEOUT, CalendarDetails, Calendars, Clock,
    ConnectedCalendar, FoundCalendar, Member, Store, StoreError, UnreadEvents,
};
use knock_scheduling::{Span, zone};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Mutex as AsyncMutex;
use tokio::time::timeout;

/// The validity of a reading, unless its calendar is known to have changed.
const KEPT: Millis = Millis::MINUTE;
/// The timeout for one account: others who wait for it must learn of its silence in time.
const PATIENCE: Duration = Duration::from_millis(CALENDAR_TIMEOUT.0.unsigned_abs() - 500);
const ALL: Duration = Duration::from_millis(CALENDAR_TIMEOUT.0.unsigned_abs());
/// The zone of a member who has none.
const UTC: &str = "UTC";
const SILENT: &str = "the calendar server did not answer in time";

/// The content of an account as read.
struct Reading {
    /// The connection at that time.
    details: CalendarDetails,
    window: Span,
    at: Millis,
    busy: Busy,
}

/// The cached reading of an account; its lock makes concurrent requests wait for one reader.
type Slot = Arc<AsyncMutex<Option<Reading>>>;

#[derive(Clone)]
pub struct CalendarReader {
    pub store: Arc<dyn Store>,
    pub writer: Writer,
    pub clock: Arc<dyn Clock>,
    pub accounts: Accounts,
    slots: Arc<Mutex<BTreeMap<CalendarAccountId, Slot>>>,
}

impl Calendars for CalendarReader {
    fn busy(&self, reps: &[RepId], from: Millis, to: Millis) -> BusyFuture {
        let (reader, reps, window) = (self.clone(), reps.to_vec(), Span { start: from, end: to });
        Box::pin(async move {
            let read = reader.read(Some(reps.clone()), window).await;
            // A calendar whose busy times are unknown is not free.
            read.unwrap_or_else(|_| reps.into_iter().map(|rep| (rep, Busy::Unreachable)).collect())
        })
    }
}

impl CalendarReader {
    /// A reader; nothing is read yet.
    pub fn new(store: Arc<dyn Store>, writer: Writer, clock: Arc<dyn Clock>, accounts: Accounts) -> CalendarReader {
        CalendarReader { store, writer, clock, accounts, slots: Arc::default() }
    }

    /// The busy blocks of all reps until the last day that can be booked.
    ///
    /// # Errors
    /// An error of the store: then it is unknown who has a calendar.
    pub async fn of_all(&self) -> Result<BusyTimes, StoreError> {
        let now = self.clock.now();
        let window = read(Arc::clone(&self.store), move |view| busy_window(view, now)).await?;
        self.read(None, window).await
    }

    /// Reads an account anew the next time.
    pub fn forget(&self, account: CalendarAccountId) {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).remove(&account);
    }

    /// Busy times of those of the reps who have a calendar; of all reps if none are named.
    async fn read(&self, reps: Option<Vec<RepId>>, window: Span) -> Result<BusyTimes, StoreError> {
        let known = read(Arc::clone(&self.store), move |view| {
            let mut calendars = view.calendars()?;
            calendars.retain(|calendar| reps.as_ref().is_none_or(|reps| reps.contains(&calendar.member)));
            let members = if calendars.is_empty() { Vec::new() } else { view.members()? };
            Ok((calendars, members))
        });
        let (calendars, members) = known.await?;
        let asked = calendars.into_iter().filter_map(|calendar| {
            let active = |member: &&Member| member.id == calendar.member && member.state != MemberState::Removed;
            let member = members.iter().find(active)?.clone();
            Some(async move { (member.id, timeout(ALL, self.one(calendar, &member, window)).await) })
        });
        let answered = join_all(asked).await;
        Ok(together(answered.into_iter().map(|(rep, busy)| (rep, busy.unwrap_or(Busy::Unreachable)))))
    }

    async fn one(&self, calendar: ConnectedCalendar, member: &Member, window: Span) -> Busy {
        let slot =
            Arc::clone(self.slots.lock().unwrap_or_else(PoisonError::into_inner).entry(calendar.id).or_default());
        let mut known = slot.lock().await;
        let now = self.clock.now();
        if let Some(reading) = known.as_ref().filter(|reading| reading.serves(&calendar.details, window, now)) {
            return reading.busy.clone();
        }
        // A day more on both sides, so that the reading also serves slightly later requests.
        let window = Span { start: window.start - Millis::DAY, end: window.end + Millis::DAY };
        let read = timeout(PATIENCE, self.fetch(&calendar, member, window)).await;
        let read = read.unwrap_or_else(|_| Err(SILENT.to_owned()));
        let (busy, outcome) = match read {
            Ok(BusyRead { blocks, unread }) => (Busy::Known(blocks), Ok(UnreadEvents::of(unread))),
            Err(problem) => (Busy::Unreachable, Err(problem)),
        };
        *known = Some(Reading { details: calendar.details.clone(), window, at: now, busy: busy.clone() });
        drop(known);
        self.note(calendar, outcome, now).await;
        busy
    }

    async fn fetch(&self, calendar: &ConnectedCalendar, member: &Member, window: Span) -> Result<BusyRead, String> {
        let account = self.accounts.open(calendar.id, &calendar.details).await?;
        let hours = member.availability.hours.as_ref();
        let zone = hours.map(|hours| &hours.zone).filter(|name| zone(name).is_ok());
        let zone = zone.map_or_else(|| UTC.to_owned(), Clone::clone);
        let query = BusyQuery { window, zone, owner: member.email.clone(), policy: calendar.details.policy };
        let busy = account.busy(&calendar.details.reads, query).await;
        busy.map_err(|failure| named(problem(&calendar.details, &failure), &calendar.details))
    }

    /// Stores why the calendar could not be read, or that it can be read again, and which of its events cannot.
    async fn note(
        &self,
        ConnectedCalendar { id, member, details, problem: before, unread: known, .. }: ConnectedCalendar,
        outcome: Result<UnreadEvents, String>,
        now: Millis,
    ) {
        let (problem, unread) = match outcome {
            Ok(unread) => (String::new(), Some(unread)),
            Err(problem) => (problem, None),
        };
        if before == problem && unread.as_ref().is_none_or(|unread| *unread == known) {
            return;
        }
        if !problem.is_empty() {
            tracing::warn!(%member, problem, "a connected calendar cannot be read");
        }
        if let Err(error) = self.writer.commit(NoteCalendar { id, details, problem, unread, now }).await {
            tracing::warn!(%error, "how a calendar is going could not be recorded");
        }
    }
}

/// A failure in words, with the name of a calendar in place of its id: that is what its owner knows.
fn named(words: String, details: &CalendarDetails) -> String {
    let mut found: Vec<&FoundCalendar> = details.found.iter().filter(|found| !found.id.is_empty()).collect();
    // An id may begin with another one.
    found.sort_by_key(|found| std::cmp::Reverse(found.id.len()));
    found.into_iter().fold(words, |words, found| words.replace(&found.id, &format!("\u{201c}{}\u{201d}", found.name)))
}

/// The busy times of members, whose accounts count together: one that cannot be read is enough to know nothing.
fn together(accounts: impl Iterator<Item = (RepId, Busy)>) -> BusyTimes {
    let mut times = BusyTimes::new();
    for (rep, busy) in accounts {
        match (times.entry(rep).or_insert_with(|| Busy::Known(Vec::new())), busy) {
            (Busy::Known(all), Busy::Known(blocks)) => all.extend(blocks),
            (known, _) => *known = Busy::Unreachable,
        }
    }
    times
}

impl Reading {
    fn serves(&self, details: &CalendarDetails, window: Span, now: Millis) -> bool {
        let is_fresh = self.at <= now && now < self.at + KEPT;
        let is_within = self.window.start <= window.start && window.end <= self.window.end;
        is_fresh && is_within && self.details == *details
    }
}
