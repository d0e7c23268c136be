//! Meetings as events of a calendar: one each, whatever happens.

use crate::provider::{Provider, at, busy, meeting, read};

const UID: &str = "0198f2a4-meeting@knock";
const TEN: &str = "2026-11-10T09:00:00Z";
const NEXT_DAY: &str = "2026-11-11T13:00:00Z";

/// The events of a calendar as UID and start.
fn starts(provider: &impl Provider, calendar: &str) -> Vec<(String, knock_model::Millis)> {
    provider.events(calendar).into_iter().map(|(uid, start, _)| (uid, start)).collect()
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
