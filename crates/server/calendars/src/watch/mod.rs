//! Looks at the calendars that meetings are written into: what their owners change there becomes a change of the
//! meeting.
//!
//! A message of a provider has an account looked at at once; it may get lost, so each is looked at again and again. Two
//! servers that look at one account do the same twice, which changes nothing.

mod apply;
mod channels;
mod entries;
mod look;

pub(crate) use channels::close_all;
pub use channels::{Heard, Listening, pushed_until};

use crate::reader::CalendarReader;
use entries::Asked;
use futures_util::future::join_all;
use knock_context::{Core, read};
use knock_engine::CommitError;
use knock_engine::commands::{WatchedEntry, watched_entries};
use knock_model::{CalendarAccountId, MeetingId, MemberState, Millis};
use knock_ports::{CalendarDetails, ConnectedCalendar, Member};
use look::Look;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore};

/// The interval of looks at an account whose provider says nothing by itself: the time for which a lead may be given a
/// start that the rep has moved away from. A look is one request, of what changed where the provider knows that.
const POLLED: Millis = Millis(2 * Millis::MINUTE.0);
/// The interval of looks at an account whose provider says when it changed: it only finds messages that got lost.
const PUSHED: Millis = Millis(10 * Millis::MINUTE.0);
/// The interval after a look at an account that did not answer in full.
const AFTER_SILENCE: Millis = Millis::MINUTE;
/// The pause after a look that the database failed.
const AFTER_FAILURE: Duration = Duration::from_secs(20);
/// The shortest pause.
const SHORTEST: Millis = Millis(1_000);
/// The accounts that are looked at at once: one that does not answer holds up no other.
const AT_ONCE: usize = 8;

/// The watcher of calendars.
#[derive(Clone)]
pub struct CalendarWatch {
    pub(crate) core: Core,
    pub(crate) reader: CalendarReader,
    /// Notified when there may be something to do at once.
    pub wake: Arc<Notify>,
    woken: Arc<Mutex<BTreeSet<CalendarAccountId>>>,
    kept: Arc<Mutex<BTreeMap<CalendarAccountId, Kept>>>,
    permits: Arc<Semaphore>,
}

/// What this server remembers of an account.
#[derive(Default)]
pub(crate) struct Kept {
    /// The account as it was looked at, and the instant of the next look; none: at once.
    seen: Option<(CalendarDetails, Millis)>,
    /// The entries that were asked for by themselves.
    asked: BTreeMap<MeetingId, Asked>,
    /// The instant at which entries are asked for that a message came too early for; none if there are none.
    owed_at: Option<Millis>,
    /// The channels that their provider wants to be renewed at once.
    pub(crate) ending: BTreeSet<String>,
    /// The calendars for which no channel could be opened, and the instants at which it is tried again.
    pub(crate) refused: BTreeMap<String, Millis>,
}

impl CalendarWatch {
    /// A watcher that has not started: `run` starts it.
    pub fn new(core: &Core, reader: &CalendarReader) -> CalendarWatch {
        CalendarWatch {
            core: core.clone(),
            reader: reader.clone(),
            wake: Arc::default(),
            woken: Arc::default(),
            kept: Arc::default(),
            permits: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Works until the writer has ended.
    pub async fn run(self) {
        loop {
            let pause = match self.round().await {
                Ok(pause) => pause,
                Err(CommitError::Stopping) => return,
                Err(error) => {
                    tracing::warn!(%error, "calendars could not be looked at; trying again");
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.wake.notified() => {}
            }
        }
    }

    /// Has an account looked at at once.
    pub fn wake(&self, account: CalendarAccountId) {
        self.woken.lock().unwrap_or_else(PoisonError::into_inner).insert(account);
        self.wake.notify_one();
    }

    /// Looks at all accounts that are due; the pause until the next one is.
    async fn round(&self) -> Result<Duration, CommitError> {
        let woken = std::mem::take(&mut *self.woken.lock().unwrap_or_else(PoisonError::into_inner));
        let looks = match self.due(&woken).await {
            Ok(looks) => looks,
            Err(error) => {
                self.woken.lock().unwrap_or_else(PoisonError::into_inner).extend(woken);
                return Err(error);
            }
        };
        let looked = join_all(looks.into_iter().map(|look| self.look_in_turn(look))).await;
        let mut outcome = Ok(());
        for failure in looked.into_iter().filter_map(Result::err) {
            if let Err(CommitError::Stopping) = outcome {
                continue;
            }
            outcome = Err(failure);
        }
        outcome.map(|()| self.pause())
    }

    /// The looks that are due, each with the entries of its account.
    async fn due(&self, woken: &BTreeSet<CalendarAccountId>) -> Result<Vec<Look>, CommitError> {
        let now = self.core.clock.now();
        let found = read(Arc::clone(&self.core.store), move |view| {
            let calendars = view.calendars()?;
            if calendars.is_empty() {
                return Ok((calendars, Vec::new(), BTreeMap::new()));
            }
            Ok((calendars, view.members()?, watched_entries(view, now)?))
        });
        let (calendars, members, mut entries): (
            Vec<ConnectedCalendar>,
            Vec<Member>,
            BTreeMap<CalendarAccountId, Vec<WatchedEntry>>,
        ) = found.await?;
        self.forget_others(&calendars);
        let mut looks = Vec::new();
        for calendar in calendars {
            let is_owed = self.kept(calendar.id, |kept| kept.owed_at.take_if(|at| *at <= now).is_some());
            let is_woken = is_owed || woken.contains(&calendar.id);
            let is_active = |member: &&Member| member.id == calendar.member && member.state != MemberState::Removed;
            let Some(member) = members.iter().find(is_active) else { continue };
            if is_woken || self.is_due(&calendar, now) {
                let entries = entries.remove(&calendar.id).unwrap_or_default();
                looks.push(Look { calendar, member: member.clone(), entries, is_woken });
            }
        }
        Ok(looks)
    }

    async fn look_in_turn(&self, look: Look) -> Result<(), CommitError> {
        // The semaphore is never closed.
        let _permit = self.permits.acquire().await;
        self.look(look).await
    }

    fn is_due(&self, calendar: &ConnectedCalendar, now: Millis) -> bool {
        self.kept(calendar.id, |kept| {
            let seen = kept.seen.as_ref().filter(|(details, _)| *details == calendar.details);
            // A clock that was set back does not end the looks.
            seen.is_none_or(|(_, next_at)| *next_at <= now || now + PUSHED < *next_at)
        })
    }

    /// The pause until the next look, or until accounts that another server has connected are to be found.
    fn pause(&self) -> Duration {
        let now = self.core.clock.now();
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let next_at = |kept: &Kept| {
            let seen_at = kept.seen.as_ref().map_or(now, |(_, next_at)| *next_at);
            kept.owed_at.map_or(seen_at, |owed_at| owed_at.min(seen_at))
        };
        let next = kept.values().map(|kept| next_at(kept) - now).min();
        let pause = next.unwrap_or(POLLED).clamp(SHORTEST, POLLED);
        Duration::from_millis(pause.0.unsigned_abs())
    }

    fn forget_others(&self, calendars: &[ConnectedCalendar]) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|id, _| calendars.iter().any(|calendar| calendar.id == *id));
    }

    /// Reads or changes what is remembered of an account.
    pub(crate) fn kept<T>(&self, account: CalendarAccountId, change: impl FnOnce(&mut Kept) -> T) -> T {
        change(self.kept.lock().unwrap_or_else(PoisonError::into_inner).entry(account).or_default())
    }
}
