//! The provider's half of a test: an account that can be looked into, and made to fail.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use knock_model::Millis;
use knock_ports::{BusyBlocks, BusyPolicy, BusyQuery, BusyRead, CalendarAccount, CalendarEntry, CalendarFailure};
use knock_scheduling::{Block, Extent, Span};
use std::sync::Arc;

/// The address of the account's owner.
pub const OWNER: &str = "ann@acme.example";

/// The time of an event.
#[derive(Clone, Debug)]
pub enum When {
    /// From an instant until another, as `2026-11-10T09:00:00Z`.
    Instants(&'static str, &'static str),
    /// Whole days, the second one exclusive, as `2026-11-12`.
    Days(&'static str, &'static str),
}

/// What an event is for the owner's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Busy,
    Tentative,
    /// Shown as free.
    Free,
    /// An invitation that the owner declined.
    Declined,
    /// Called off, and still listed.
    Cancelled,
}

/// An event of the owner's own.
#[derive(Clone, Debug)]
pub struct Event {
    pub uid: &'static str,
    pub when: When,
    pub kept: Kept,
}

/// An event every week on the same weekday.
#[derive(Clone, Debug)]
pub struct Series {
    pub uid: &'static str,
    /// The zone of the local times.
    pub zone: &'static str,
    pub first: DateTime,
    pub minutes: i64,
    /// Dates on which it does not take place.
    pub except: Vec<Date>,
    /// A date on which it begins at another local time.
    pub moved: Option<(Date, DateTime)>,
}

/// A fault of the next request that lists or writes events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// A write, executed, with a lost response.
    Lost,
    /// A read, executed, with a lost response.
    LostRead,
    /// Without a response.
    Silent,
    Down,
    /// There were too many requests: wait for so many seconds.
    Limited(u64),
}

/// A new account of a provider, behind the server that it is tested with. The account under test is used; everything else
/// is what its owner, its guests or the provider itself do, past the account under test. Events are named by their UIDs,
/// also those that the account put; instants are as `2026-11-10T09:00:00Z`, days as `2026-11-12`.
pub trait Provider: Sync {
    /// The account under test. It lives as long as the provider: what it has read it may remember.
    fn account(&self) -> &dyn CalendarAccount;

    /// The same account, opened anew: it has read nothing yet.
    fn fresh(&self) -> Arc<dyn CalendarAccount>;

    /// Adds an empty calendar and returns its id.
    fn add_calendar(&self, name: &str) -> String;

    fn remove_calendar(&self, calendar: &str);

    fn add_event(&self, calendar: &str, event: &Event);

    fn add_series(&self, calendar: &str, series: &Series);

    /// Adds an event `Unreadable` of an hour whose time cannot be known: 09:00 on 5 November 2026 by an unknown clock.
    fn add_unreadable(&self, calendar: &str);

    /// Deletes the event with a UID, as the owner does.
    fn delete(&self, calendar: &str, uid: &str);

    /// Moves the event with a UID by whole hours, as the owner does.
    fn delay(&self, calendar: &str, uid: &str, hours: i64);

    /// Gives the event with a UID another start and end, as the owner does.
    fn retime(&self, calendar: &str, uid: &str, start: &str, end: &str);

    /// Makes the event with a UID one of a whole day, as the owner does.
    fn make_whole_day(&self, calendar: &str, uid: &str, day: &str);

    /// Adds a guest to the event with a UID, as the owner does.
    fn invite(&self, calendar: &str, uid: &str, address: &str);

    /// The guest of that address declines the event with a UID.
    fn decline(&self, calendar: &str, uid: &str, address: &str);

    /// The events of a calendar: UID, start and title.
    fn events(&self, calendar: &str) -> Vec<(String, Millis, String)>;

    /// Makes the next request go wrong.
    fn fail(&self, mishap: Mishap);

    /// Takes the access away.
    fn revoke(&self);

    /// Ends all that increments go on from: the next one is refused. Nothing, where there are none.
    fn forget_increments(&self) {}

    /// Moves the provider's clock on by so much, or back. Nothing, where the clock is the machine's.
    fn skew(&self, _by: Millis) {}
}

pub(crate) fn at(text: &str) -> Millis {
    Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
}

/// November 2026.
pub(crate) fn november() -> BusyQuery {
    let window = Span { start: at("2026-11-01T00:00:00Z"), end: at("2026-12-01T00:00:00Z") };
    BusyQuery { window, zone: "Europe/Berlin".to_owned(), owner: OWNER.to_owned(), policy: BusyPolicy::default() }
}

/// The busy blocks of calendars, in their order, as `11-10T09:00/11-10T09:30` or `2026-11-12/2026-11-14`.
pub(crate) async fn busy(provider: &impl Provider, calendars: &[String]) -> Vec<String> {
    shown(&read(provider, calendars).await.expect("they are read"))
}

pub(crate) async fn read(provider: &impl Provider, calendars: &[String]) -> Result<BusyBlocks, CalendarFailure> {
    let BusyRead { blocks, unread } = provider.account().busy(calendars, november()).await?;
    assert_eq!(unread, [], "all can be read");
    Ok(blocks)
}

fn shown(blocks: &BusyBlocks) -> Vec<String> {
    let mut shown: Vec<String> = blocks.iter().map(|(_, block)| text(block)).collect();
    shown.sort();
    shown
}

/// A block as `11-10T09:00/11-10T09:30` or `2026-11-12/2026-11-14`.
pub(crate) fn text(block: &Block) -> String {
    let utc = |at: Millis| Timestamp::from_millisecond(at.0).expect("an instant").strftime("%m-%dT%H:%M").to_string();
    match block.extent {
        Extent::Instants(Span { start, end }) => format!("{}/{}", utc(start), utc(end)),
        Extent::Days(from, to) => format!("{from}/{to}"),
    }
}

/// A meeting of half an hour, as a version of its event.
pub(crate) fn meeting(uid: &str, start: &str, sequence: u32) -> CalendarEntry {
    CalendarEntry {
        uid: uid.to_owned(),
        sequence,
        at: at("2026-11-01T10:00:00Z"),
        start: at(start),
        end: at(start) + Millis(30 * 60_000),
        title: "Demo".into(),
        description: "Ann Lee <ann@first.example>".into(),
        place: "".into(),
        has_conference: false,
    }
}
