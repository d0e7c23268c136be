//! Port for an account with calendars, whichever provider it is of.

use super::FoundCalendar;
use core::fmt;
use knock_model::{Description, Location, Millis, Subject};
use knock_scheduling::{Block, Span};
use std::pin::Pin;

/// Busy blocks, each with the UID of its event if the event has one.
pub type BusyBlocks = Vec<(Option<String>, Block)>;

/// The question for busy blocks.
#[derive(Clone, Debug)]
pub struct BusyQuery {
    pub window: Span,
    /// The zone of times without one, by its name in the IANA database.
    pub zone: String,
    /// The address of the calendar's owner: events that they declined block nothing.
    pub owner: String,
}

/// A meeting as an event. It has no guests: providers would mail them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The id that it keeps for as long as the meeting lives.
    pub uid: String,
    /// 0 at the booking, one more with every change.
    pub sequence: u32,
    /// The instant of this version.
    pub at: Millis,
    pub start: Millis,
    pub end: Millis,
    pub title: Subject,
    pub description: Description,
    /// The location; empty for none.
    pub place: Location,
}

/// The reason for which a request to a calendar failed, in words for the member: a part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFailure {
    /// The credentials are not accepted any more.
    Unauthorized(String),
    /// The calendar is no longer there.
    Gone(String),
    /// The same may work later, without anybody changing anything.
    Later {
        words: String,
        /// The delay that the provider asks for, if any.
        after: Option<Millis>,
    },
    /// Any other refusal, and any answer that cannot be read: the same will fail again.
    Refused(String),
}

impl fmt::Display for CalendarFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (CalendarFailure::Unauthorized(words)
        | CalendarFailure::Gone(words)
        | CalendarFailure::Later { words, .. }
        | CalendarFailure::Refused(words)) = self;
        out.write_str(words)
    }
}

/// A request to a calendar in progress.
pub type CalendarFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, CalendarFailure>> + Send + 'a>>;

/// An account with calendars. `tests/calendar` is what every implementation does.
pub trait CalendarAccount: Send + Sync {
    /// The calendars of the account that take events.
    fn calendars(&self) -> CalendarFuture<'_, Vec<FoundCalendar>>;

    /// The busy blocks of calendars that touch a window. What cannot be read is a failure, never free time.
    fn busy<'a>(&'a self, calendars: &'a [String], query: BusyQuery) -> CalendarFuture<'a, BusyBlocks>;

    /// Puts an entry into a calendar as it is now: made, or changed where it is there. Put again, it stays one.
    fn put<'a>(&'a self, calendar: &'a str, entry: &'a CalendarEntry) -> CalendarFuture<'a, ()>;

    /// Removes the entry with a UID; one that is not there is removed.
    fn remove<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, ()>;
}
