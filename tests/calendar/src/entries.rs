//! Meetings as events of a calendar: one each, whatever happens.

use crate::provider::{Provider, at, busy, meeting, read};
use knock_model::Millis;
use knock_ports::{CalendarFailure, EntryFound, EntryThere};

const UID: &str = "0198f2a4-meeting@knock";
const TEN: &str = "2026-11-10T09:00:00Z";
const NEXT_DAY: &str = "2026-11-11T13:00:00Z";

/// The events of a calendar as UID and start.
fn starts(provider: &impl Provider, calendar: &str) -> Vec<(String, Millis)> {
    provider.events(calendar).into_iter().map(|(uid, start, _)| (uid, start)).collect()
}

/// The meeting's entry, asked for by itself.
async fn entry(provider: &impl Provider, calendar: &str) -> EntryFound {
    provider.account().entry(calendar, UID).await.expect("the calendar answers")
}

/// An entry without guests.
fn there(start: &str, end: &str) -> EntryFound {
    EntryFound::There(EntryThere { start: at(start), end: at(end), ..EntryThere::default() })
}

/// It is there once, with its time and its title.
pub async fn an_entry_is_one_however_often_it_is_put(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    for _ in 0..3 {
        provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    }
    assert_eq!(provider.events(&work), [(UID.to_owned(), at(TEN), "Demo".to_owned())]);
}

/// The later version is what is there.
pub async fn an_entry_moves_and_keeps_its_id(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.account().put(&work, &meeting(UID, NEXT_DAY, 1)).await.expect("moved");
    assert_eq!(starts(provider, &work), [(UID.to_owned(), at(NEXT_DAY))]);
    assert_eq!(busy(provider, &[work]).await, ["11-11T13:00/11-11T13:30"]);
}

/// The meeting still takes place.
pub async fn an_entry_that_its_owner_deleted_is_put_again(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.delete(&work, UID);
    assert_eq!(starts(provider, &work), []);
    provider.account().put(&work, &meeting(UID, NEXT_DAY, 1)).await.expect("put again");
    assert_eq!(starts(provider, &work), [(UID.to_owned(), at(NEXT_DAY))]);
}

/// Another program changed it meanwhile: the meeting's own time is what is put.
pub async fn an_entry_that_its_owner_moved_is_put_in_its_place(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.delay(&work, UID, 3);
    provider.account().put(&work, &meeting(UID, NEXT_DAY, 1)).await.expect("put");
    assert_eq!(starts(provider, &work), [(UID.to_owned(), at(NEXT_DAY))]);
}

/// Nothing is left of it, also where it never was.
pub async fn a_removed_entry_is_gone_however_often_it_is_removed(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().remove(&work, UID).await.expect("it never was there");
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.account().put(&work, &meeting("another@knock", NEXT_DAY, 0)).await.expect("put");
    for _ in 0..2 {
        provider.account().remove(&work, UID).await.expect("removed");
    }
    assert_eq!(starts(provider, &work), [("another@knock".to_owned(), at(NEXT_DAY))]);
}

/// The same entry in another calendar stays.
pub async fn an_entry_is_removed_from_the_calendar_that_is_named(provider: &impl Provider) {
    let [work, private] = ["Work", "Private"].map(|name| provider.add_calendar(name));
    provider.account().put(&private, &meeting(UID, TEN, 0)).await.expect("put");
    provider.account().remove(&work, UID).await.expect("removed");
    assert_eq!((starts(provider, &work), starts(provider, &private).len()), (vec![], 1));
}

/// So that a meeting never blocks the time to which it is moved.
pub async fn an_entry_blocks_under_its_own_id(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    let blocks = read(provider, &[work]).await.expect("read");
    assert_eq!(blocks.into_iter().map(|(uid, _)| uid).collect::<Vec<_>>(), [Some(UID.to_owned())]);
}

/// To the minute, with its length.
pub async fn an_entry_is_found_where_its_owner_left_it(provider: &impl Provider) {
    let [work, private] = ["Work", "Private"].map(|name| provider.add_calendar(name));
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.account().put(&work, &meeting("another@knock", NEXT_DAY, 0)).await.expect("put");
    assert_eq!(entry(provider, &work).await, there(TEN, "2026-11-10T09:30:00Z"));
    assert_eq!(entry(provider, &private).await, EntryFound::Gone);
    let (start, end) = ("2027-02-03T15:10:00Z", "2027-02-03T16:25:00Z");
    provider.retime(&work, UID, start, end);
    assert_eq!(entry(provider, &work).await, there(start, end));
}

/// As is one that never was there; put once more, it is there again.
pub async fn an_entry_that_its_owner_deleted_is_gone(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    assert_eq!(entry(provider, &work).await, EntryFound::Gone);
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.delete(&work, UID);
    assert_eq!(entry(provider, &work).await, EntryFound::Gone);
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put again");
    assert_eq!(entry(provider, &work).await, there(TEN, "2026-11-10T09:30:00Z"));
    provider.account().remove(&work, UID).await.expect("removed");
    assert_eq!(entry(provider, &work).await, EntryFound::Gone);
}

/// A meeting is not moved to a whole day.
pub async fn a_whole_day_is_no_time_of_a_meeting(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.make_whole_day(&work, UID, "2026-11-12");
    assert_eq!(entry(provider, &work).await, EntryFound::Unclear);
    provider.account().put(&work, &meeting(UID, NEXT_DAY, 1)).await.expect("put");
    assert_eq!(entry(provider, &work).await, there(NEXT_DAY, "2026-11-11T13:30:00Z"));
}

/// Its owner may have moved it since; the next version is put in its place.
pub async fn a_version_that_is_there_is_not_put_again(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().put(&work, &meeting(UID, TEN, 1)).await.expect("put");
    let (start, end) = ("2026-11-12T15:00:00Z", "2026-11-12T16:15:00Z");
    provider.retime(&work, UID, start, end);
    for sequence in [1, 0, 1] {
        provider.account().put(&work, &meeting(UID, TEN, sequence)).await.expect("put");
        assert_eq!(entry(provider, &work).await, there(start, end), "{sequence}");
    }
    provider.account().put(&work, &meeting(UID, NEXT_DAY, 2)).await.expect("put");
    assert_eq!(entry(provider, &work).await, there(NEXT_DAY, "2026-11-11T13:30:00Z"));
    assert_eq!(starts(provider, &work), [(UID.to_owned(), at(NEXT_DAY))]);
}

/// Nothing is known of what was in it.
pub async fn a_missing_calendar_has_no_entries_to_miss(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.remove_calendar(&work);
    let failure = provider.account().entry(&work, UID).await.expect_err("it is unknown");
    assert!(matches!(failure, CalendarFailure::Gone(_)), "{failure:?}");
}

/// In lower case. Without an answer a guest has not declined.
pub async fn a_guest_that_declined_is_named(provider: &impl Provider) {
    let work = provider.add_calendar("Work");
    provider.account().put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    provider.invite(&work, UID, "Zoe@hollis.example");
    assert_eq!(entry(provider, &work).await, there(TEN, "2026-11-10T09:30:00Z"));
    provider.decline(&work, UID, "Zoe@hollis.example");
    let EntryFound::There(found) = entry(provider, &work).await else { panic!("it is there") };
    assert_eq!((found.start, &*found.declined), (at(TEN), &["zoe@hollis.example".to_owned()][..]));
}
