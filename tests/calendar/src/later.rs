//! Reads after the first one, which may ask the provider for changes alone: they say what a full read says.

use crate::provider::{Event, Kept, Mishap, Provider, Series, When, at, meeting, november, text};
use jiff::civil::date;
use knock_model::Millis;
use knock_ports::{BusyRead, CalendarAccount, CalendarFailure, EntryFound};
use std::slice::from_ref;

const UID: &str = "0198f2a4-meeting@knock";
const HOUR: Millis = Millis(3_600_000);

/// An event of half an hour.
fn event(uid: &'static str, start: &'static str, end: &'static str) -> Event {
    Event { uid, when: When::Instants(start, end), kept: Kept::Busy }
}

/// The busy blocks with their UIDs, in order.
async fn read(account: &dyn CalendarAccount, calendars: &[String]) -> Result<Vec<String>, CalendarFailure> {
    let BusyRead { blocks, unread } = account.busy(calendars, november()).await?;
    assert_eq!(unread, [], "all can be read");
    let named = |uid: Option<String>| uid.unwrap_or_default();
    let mut shown: Vec<String> = blocks.into_iter().map(|(uid, block)| text(&block) + " " + &named(uid)).collect();
    shown.sort();
    Ok(shown)
}

/// What the account reads that has read before; one that was just opened reads the same.
pub(crate) async fn agreed(provider: &impl Provider, calendars: &[String], after: &str) -> Vec<String> {
    let known = read(provider.account(), calendars).await.expect("it is read");
    let fresh = provider.fresh();
    assert_eq!(known, read(&*fresh, calendars).await.expect("it is read"), "after {after}");
    known
}

/// An account that reads after each change.
struct Follower<'p, P> {
    provider: &'p P,
    calendars: &'p [String],
    before: Vec<String>,
}

impl<P: Provider> Follower<'_, P> {
    /// Reads after a change that makes a difference.
    async fn follows(&mut self, change: &str) {
        let now = agreed(self.provider, self.calendars, change).await;
        assert_ne!(now, self.before, "after {change}");
        self.before = now;
    }
}

/// Whatever their owner does with them, in each of the calendars.
pub async fn later_reads_follow_every_change(provider: &impl Provider) {
    let calendars = ["Work", "Private"].map(|name| provider.add_calendar(name));
    let [work, private] = &calendars;
    let before = agreed(provider, &calendars, "nothing").await;
    let mut reader = Follower { provider, calendars: &calendars, before };
    provider.add_event(work, &event("one", "2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z"));
    reader.follows("an event was added").await;
    provider.add_event(private, &event("two", "2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z"));
    reader.follows("an event was added to another calendar").await;
    provider.delay(work, "one", 3);
    reader.follows("an event was moved").await;
    provider.add_series(work, &weekly());
    reader.follows("a series was added").await;
    provider.retime(work, "one", "2026-12-20T09:00:00Z", "2026-12-20T09:30:00Z");
    reader.follows("an event was moved out of the window").await;
    provider.retime(work, "one", "2026-11-20T09:00:00Z", "2026-11-20T10:15:00Z");
    reader.follows("it was moved back").await;
    provider.make_whole_day(private, "two", "2026-11-12");
    reader.follows("an event became a whole day").await;
    provider.account().put(work, &meeting(UID, "2026-11-25T09:00:00Z", 0)).await.expect("put");
    reader.follows("a meeting was put").await;
    provider.delay(work, UID, 1);
    reader.follows("the meeting was moved").await;
    provider.delete(work, "one");
    reader.follows("an event was deleted").await;
    provider.delete(work, "weekly");
    reader.follows("the series was deleted").await;
    let left: Vec<&str> = reader.before.iter().filter_map(|block| block.split(' ').next()).collect();
    assert_eq!(left, ["11-25T10:00/11-25T10:30", "2026-11-12/2026-11-13"]);
}

/// Every Tuesday, but for one date, and another one moved.
fn weekly() -> Series {
    Series {
        uid: "weekly",
        zone: "Europe/Berlin",
        first: date(2026, 10, 6).at(14, 0, 0, 0),
        minutes: 45,
        except: vec![date(2026, 11, 10)],
        moved: Some((date(2026, 11, 17), date(2026, 11, 18).at(8, 0, 0, 0))),
    }
}

/// What changed since the last read is not known any more: everything is read.
pub async fn ended_increments_are_a_full_read(provider: &impl Provider) {
    let calendars = [provider.add_calendar("Work")];
    let [work] = &calendars;
    provider.add_event(work, &event("one", "2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z"));
    provider.add_event(work, &event("two", "2026-11-11T09:00:00Z", "2026-11-11T09:30:00Z"));
    let before = agreed(provider, &calendars, "nothing").await;
    let mut reader = Follower { provider, calendars: &calendars, before };
    provider.forget_increments();
    assert_eq!(agreed(provider, &calendars, "the end of increments").await, reader.before);
    provider.delete(work, "one");
    provider.add_event(work, &event("three", "2026-11-12T09:00:00Z", "2026-11-12T09:30:00Z"));
    provider.forget_increments();
    reader.follows("changes before the end of increments").await;
    provider.forget_increments();
    provider.delay(work, "two", 1);
    reader.follows("changes after the end of increments").await;
    provider.delay(work, "three", 1);
    reader.follows("a change like any other").await;
    let expected = ["11-11T10:00/11-11T10:30", "11-12T10:00/11-12T10:30"];
    assert!(reader.before.iter().zip(expected).all(|(block, time)| block.starts_with(time)), "{:?}", reader.before);
    assert_eq!(reader.before.len(), expected.len());
}

/// What the failed read would have said is said by the next one.
pub async fn a_failed_read_loses_nothing(provider: &impl Provider) {
    let calendars = [provider.add_calendar("Work")];
    let [work] = &calendars;
    provider.add_event(work, &event("one", "2026-11-10T00:00:00Z", "2026-11-10T00:30:00Z"));
    provider.add_event(work, &event("two", "2026-11-11T00:00:00Z", "2026-11-11T00:30:00Z"));
    let before = agreed(provider, &calendars, "nothing").await;
    let mut reader = Follower { provider, calendars: &calendars, before };
    for mishap in [Mishap::Down, Mishap::Limited(1), Mishap::Silent, Mishap::LostRead] {
        provider.delay(work, "one", 1);
        provider.fail(mishap);
        let failure = read(provider.account(), &calendars).await.expect_err("no answer");
        assert!(matches!(failure, CalendarFailure::Later { .. }), "{mishap:?}: {failure:?}");
        reader.follows(&format!("{mishap:?}, and a change before it")).await;
        provider.fail(mishap);
        read(provider.account(), &calendars).await.expect_err("no answer");
        provider.delay(work, "two", 1);
        reader.follows(&format!("{mishap:?}, and a change after it")).await;
    }
}

/// Two hours ahead, and two hours behind.
pub async fn a_clock_that_differs_changes_nothing(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    let calendars = from_ref(&work);
    provider.add_event(&work, &event("one", "2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z"));
    let before = agreed(provider, calendars, "nothing").await;
    let mut reader = Follower { provider, calendars, before };
    for (by, sequence, start) in
        [(Millis(2 * HOUR.0), 0, "2026-11-12T09:00:00Z"), (Millis(-4 * HOUR.0), 1, "2026-11-13T09:00:00Z")]
    {
        provider.skew(by);
        provider.account().put(&work, &meeting(UID, start, sequence)).await.expect("put");
        reader.follows("a meeting was put").await;
        provider.delay(&work, "one", 1);
        reader.follows("an event was moved").await;
        let found = provider.account().entry(&work, UID).await.expect("the calendar answers");
        assert!(matches!(&found, EntryFound::There(there) if there.start == at(start)), "{found:?}");
    }
    provider.account().remove(&work, UID).await.expect("removed");
    reader.follows("the meeting was removed").await;
}
