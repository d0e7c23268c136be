//! Port for an account with calendars, whichever provider it is of.

use super::{CalendarFuture, CalendarPush, FoundCalendar};
use knock_model::{Description, Location, Millis, Subject};
use knock_scheduling::{Block, Extent, Span};
use serde::{Deserialize, Serialize};

/// Busy blocks, each with the UID of its event if the event has one.
pub type BusyBlocks = Vec<(Option<String>, Block)>;

/// What calendars say of a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusyRead {
    /// The busy blocks, and the time that unreadable events may take.
    pub blocks: BusyBlocks,
    /// The events that cannot be read, or not in full.
    pub unread: Vec<UnreadEvent>,
}

/// An event that cannot be read, or not in full. The time that it may take is blocked, and its owner learns of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnreadEvent {
    /// Its title; empty if it has none, or if it cannot be read.
    pub title: String,
    /// The day on which it begins, as `2027-01-12`; empty if it cannot be read.
    pub day: String,
    /// The reason, as a part of a sentence.
    pub reason: String,
}

/// The largest distance between the midnights of two zones: the same local time is so far apart at most.
pub const ZONES_APART: Millis = Millis(26 * 3_600_000);

impl UnreadEvent {
    /// The time that an event may take whose zone is not known, between two local times read as if in UTC; one that is
    /// not known itself is the window's.
    pub fn block(window: Span, from: Option<Millis>, to: Option<Millis>) -> Block {
        let start = from.map_or(window.start, |from| from - ZONES_APART);
        let end = to.map_or(window.end, |to| to + ZONES_APART);
        let extent = Extent::Instants(Span { start, end: end.max(start) });
        Block { extent, buffer_before: Millis(0), buffer_after: Millis(0), is_meeting: false }
    }
}

/// The question for busy blocks.
#[derive(Clone, Debug)]
pub struct BusyQuery {
    pub window: Span,
    /// The zone of times without one, by its name in the IANA database.
    pub zone: String,
    /// The address of the calendar's owner: events that they declined block nothing.
    pub owner: String,
    /// Which events block, beside those that always do.
    pub policy: BusyPolicy,
}

/// Which events block the time of their owner, where it is theirs to say. Events that are shown as free never do; busy
/// ones and absences always do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BusyPolicy {
    /// Events that are tentative.
    pub tentative: bool,
    /// Invitations that the owner has not answered.
    pub unanswered: bool,
    /// Events of work at another place.
    pub elsewhere: bool,
}

impl Default for BusyPolicy {
    /// Whatever may turn out to be busy blocks; work at another place is work that can be interrupted by a meeting.
    fn default() -> BusyPolicy {
        BusyPolicy { tentative: true, unanswered: true, elsewhere: false }
    }
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
    /// Whether it is to have a conference of the provider; one that it has stays in any case.
    pub has_conference: bool,
}

/// The event of a meeting as it is in a calendar now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryFound {
    /// It is there.
    There(EntryThere),
    /// It is there, at a time that no meeting has: whole days, every week, or one that cannot be read.
    Unclear,
    /// The calendar has no such event, as it said when asked for this one; so also an event that is cancelled.
    Gone,
}

/// An event of a meeting at its provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryThere {
    pub start: Millis,
    pub end: Millis,
    /// The addresses of guests of it that declined, in lower case. Its owner may have added them.
    pub declined: Vec<String>,
    /// Its conference.
    pub conference: Conference,
}

/// The conference of an event, made by its provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Conference {
    /// It has none, or could get none.
    #[default]
    None,
    /// It is being made.
    Pending,
    /// The address to join it.
    At(String),
}

/// An account with calendars. `tests/calendar` is what every implementation does.
pub trait CalendarAccount: Send + Sync {
    /// The calendars of the account that take events.
    fn calendars(&self) -> CalendarFuture<'_, Vec<FoundCalendar>>;

    /// The busy blocks of calendars that touch a window. An event that cannot be read blocks the time that it may take, and
    /// is named; a calendar that cannot be read is a failure. Neither is ever free time.
    fn busy<'a>(&'a self, calendars: &'a [String], query: BusyQuery) -> CalendarFuture<'a, BusyRead>;

    /// Puts an entry into a calendar as it is now: made, or changed where it is there. Put again, it stays one. Where this
    /// version or a newer one is there, nothing is changed: its owner may have moved it since.
    fn put<'a>(&'a self, calendar: &'a str, entry: &'a CalendarEntry) -> CalendarFuture<'a, ()>;

    /// Removes the entry with a UID; one that is not there is removed.
    fn remove<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, ()>;

    /// The entry with a UID as it is now, asked for by itself. A calendar that is not there is a failure.
    fn entry<'a>(&'a self, calendar: &'a str, uid: &'a str) -> CalendarFuture<'a, EntryFound>;

    /// How the provider says by itself that a calendar changed; none where it does not.
    fn push(&self) -> Option<&dyn CalendarPush> {
        None
    }
}
