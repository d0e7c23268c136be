//! One look at an account: its channels are kept open, and its entries are compared with their meetings.

use super::channels::is_pushed;
use super::entries::{Asked, owed_at, span, to_ask, uid};
use super::{AFTER_SILENCE, CalendarWatch, POLLED, PUSHED};
use crate::patience::in_time;
use crate::reader::query;
use knock_context::read;
use knock_engine::CommitError;
use knock_engine::commands::{WatchedEntry, busy_window};
use knock_model::Millis;
use knock_ports::{BusyBlocks, CalendarAccount, CalendarFailure, Calendars, ConnectedCalendar, EntryFound, Member};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How often each account is read, with or without bookings: so it is known early that one cannot be read.
const READ_ANEW: Millis = Millis(60 * Millis::MINUTE.0);

/// An account to look at.
pub(super) struct Look {
    pub(super) calendar: ConnectedCalendar,
    pub(super) member: Member,
    pub(super) entries: Vec<WatchedEntry>,
    /// Whether there may be news, so that it is looked at before its time.
    pub(super) is_woken: bool,
}

/// An entry with what its calendar says of it.
pub(super) type Answer<'l> = (&'l WatchedEntry, EntryFound);

impl CalendarWatch {
    /// Looks at an account. What is wrong with it is in its stored state, which its busy times are read for.
    pub(super) async fn look(&self, look: Look) -> Result<(), CommitError> {
        let (calendar, began_at) = (&look.calendar, self.core.clock.now());
        let mut channels = calendar.channels.clone();
        let mut is_answered = false;
        if let Ok(account) = self.reader.accounts.open(calendar.id, &calendar.details).await {
            channels = self.keep_channels(calendar, &*account).await?;
            is_answered = self.compare(&look, &*account).await?;
        }
        self.read_state(&look, is_answered).await?;
        let is_pushed = look.entries.iter().all(|entry| is_pushed(&channels, &entry.calendar, began_at));
        let interval = match is_answered {
            true if is_pushed && !channels.is_empty() => PUSHED,
            true => POLLED,
            false => AFTER_SILENCE,
        };
        // What changed while it was looked at may have been missed.
        let next_at = began_at + interval;
        self.kept(calendar.id, |kept| kept.seen = Some((calendar.details.clone(), next_at)));
        Ok(())
    }

    /// Reads the busy times of an account whose state is not known, or was bad, which records how it is going.
    async fn read_state(&self, look: &Look, is_answered: bool) -> Result<(), CommitError> {
        let now = self.core.clock.now();
        let is_known = self
            .reader
            .tried_at(look.calendar.id)
            .is_some_and(|(tried_at, could_be_read)| could_be_read && tried_at <= now && now < tried_at + READ_ANEW);
        if is_answered && is_known {
            return Ok(());
        }
        let window = read(Arc::clone(&self.core.store), move |view| busy_window(view, now)).await?;
        self.reader.busy(&[look.member.id], window.start, window.end).await;
        Ok(())
    }

    /// Compares the entries with what the calendars have; false if one of them did not say.
    async fn compare(&self, look: &Look, account: &dyn CalendarAccount) -> Result<bool, CommitError> {
        let (id, now) = (look.calendar.id, self.core.clock.now());
        let blocks = match self.blocks(look, account, now).await {
            Ok(blocks) => blocks,
            Err(failure) => {
                tracing::debug!(%failure, "the calendar of entries could not be read");
                return Ok(false);
            }
        };
        let asked = self.kept(id, |kept| {
            kept.asked.retain(|meeting, _| look.entries.iter().any(|entry| entry.meeting == *meeting));
            kept.asked.clone()
        });
        if look.is_woken {
            let owed_at = owed_at(&look.entries, &asked, now);
            self.kept(id, |kept| kept.owed_at = owed_at);
        }
        let to_ask = to_ask(&look.entries, &blocks, &asked, (now, look.is_woken));
        let (mut answers, is_complete) = ask(account, to_ask).await;
        if !is_complete {
            // How many are gone at once is not known.
            answers.retain(|(_, found)| *found != EntryFound::Gone);
        }
        let gone = answers.iter().filter(|(entry, found)| entry.is_known && *found == EntryFound::Gone).count();
        for (entry, found) in answers {
            let (at, sequence, is_same) = (self.core.clock.now(), entry.sequence, is_same(entry, &found));
            self.take(look, (entry, found), gone).await?;
            self.kept(id, |kept| kept.asked.insert(entry.meeting, Asked { at, sequence, is_same }));
        }
        Ok(is_complete)
    }

    /// The busy times of the calendars that have entries.
    async fn blocks(
        &self,
        look: &Look,
        account: &dyn CalendarAccount,
        now: Millis,
    ) -> Result<BusyBlocks, CalendarFailure> {
        let Some(window) = span(&look.entries, now) else { return Ok(Vec::new()) };
        let calendars: BTreeSet<&String> = look.entries.iter().map(|entry| &entry.calendar).collect();
        let calendars: Vec<String> = calendars.into_iter().cloned().collect();
        let query = query(&look.member, &look.calendar.details, window);
        in_time(account.busy(&calendars, query)).await.map(|read| read.blocks)
    }
}

/// What the calendars say of entries, and whether they said it of all.
async fn ask<'l>(account: &dyn CalendarAccount, entries: Vec<&'l WatchedEntry>) -> (Vec<Answer<'l>>, bool) {
    let (mut answers, mut is_complete) = (Vec::new(), true);
    for entry in entries {
        match in_time(account.entry(&entry.calendar, &uid(entry))).await {
            Ok(found) => answers.push((entry, found)),
            Err(failure) => {
                tracing::debug!(%failure, "an entry could not be asked for");
                is_complete = false;
                // Where the reason is this one entry, the others can still be asked for.
                let CalendarFailure::Refused(_) = failure else { break };
            }
        }
    }
    (answers, is_complete)
}

/// Whether an entry is at the time of its meeting.
pub(super) fn is_same(entry: &WatchedEntry, found: &EntryFound) -> bool {
    match found {
        EntryFound::There(there) => (there.start, there.end) == (entry.start, entry.end),
        EntryFound::Unclear | EntryFound::Gone => false,
    }
}
