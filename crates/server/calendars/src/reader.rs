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
    times: Arc<Mutex<BTreeMap<CalendarAccountId, Times>>>,
}

/// When an account was read since this server started.
#[derive(Clone, Copy, Default)]
struct Times {
    /// The instant of the last attempt.
    tried: Option<Millis>,
    /// The instant of the last one that succeeded.
    read: Option<Millis>,
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
        CalendarReader { store, writer, clock, accounts, slots: Arc::default(), times: Arc::default() }
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

    /// The instant at which this server last read an account; none if it has not.
    pub fn read_at(&self, account: CalendarAccountId) -> Option<Millis> {
        self.times_of(account).read
    }

    /// The instant at which this server last tried to read an account, and whether it could.
    pub(crate) fn tried_at(&self, account: CalendarAccountId) -> Option<(Millis, bool)> {
        let Times { tried, read } = self.times_of(account);
        tried.map(|tried| (tried, read == Some(tried)))
    }

    fn times_of(&self, account: CalendarAccountId) -> Times {
        self.times.lock().unwrap_or_else(PoisonError::into_inner).get(&account).copied().unwrap_or_default()
    }

    /// Notes an attempt to read an account.
    fn tried(&self, account: CalendarAccountId, is_read: bool, now: Millis) {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let times = times.entry(account).or_default();
        times.tried = Some(now);
        times.read = if is_read { Some(now) } else { times.read };
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
        self.tried(calendar.id, outcome.is_ok(), now);
        self.note(calendar, outcome, now).await;
        busy
    }

    async fn fetch(&self, calendar: &ConnectedCalendar, member: &Member, window: Span) -> Result<BusyRead, String> {
        let account = self.accounts.open(calendar.id, &calendar.details).await?;
        let busy = account.busy(&calendar.details.reads, query(member, &calendar.details, window)).await;
        busy.map_err(|failure| named(problem(&calendar.details, &failure), &calendar.details))
    }

    /// Stores why the calendar could not be read, or that it can be read again, and which of its events cannot.
    async fn note(
        &self,
        ConnectedCalendar { id, member, details, problem: before, reported_at, unread: known, .. }: ConnectedCalendar,
        outcome: Result<UnreadEvents, String>,
        now: Millis,
    ) {
        let (problem, unread) = match outcome {
            Ok(unread) => (String::new(), Some(unread)),
            Err(problem) => (problem, None),
        };
        let is_new = before != problem;
        // A failure is noted with each reading until it is reported, since that depends on how long it lasts.
        let is_settled = problem.is_empty() == reported_at.is_none();
        if !is_new && is_settled && unread.as_ref().is_none_or(|unread| *unread == known) {
            return;
        }
        if is_new && !problem.is_empty() {
            tracing::warn!(%member, problem, "a connected calendar cannot be read");
        }
        let name = self.accounts.name(&details);
        if let Err(error) = self.writer.commit(NoteCalendar { id, details, name, problem, unread, now }).await {
            tracing::warn!(%error, "how a calendar is going could not be recorded");
        }
    }
}

/// The question for the busy times of a member.
pub(crate) fn query(member: &Member, details: &CalendarDetails, window: Span) -> BusyQuery {
    let hours = member.availability.hours.as_ref();
    let zone = hours.map(|hours| &hours.zone).filter(|name| zone(name).is_ok());
    let zone = zone.map_or_else(|| UTC.to_owned(), Clone::clone);
    BusyQuery { window, zone, owner: member.email.clone(), policy: details.policy }
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
