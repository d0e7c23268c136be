//! Conferences of meetings: asked for once, kept over moves, and read back.

use crate::account::{Account, account};
use crate::entries::{TEN, entry};
use contract_calendar::Provider;
use knock_ports::{CalendarEntry, Conference, EntryFound};
use serde_json::json;

async fn put(account: &Account, calendar: &str, sequence: u32, start: &str) {
    let entry = CalendarEntry { has_conference: true, ..entry(sequence, start) };
    account.calendars.put(calendar, &entry).await.expect("put");
}

async fn conference(account: &Account, calendar: &str) -> Conference {
    match account.calendars.entry(calendar, &entry(0, TEN).uid).await.expect("read") {
        EntryFound::There(there) => there.conference,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_conference_is_made_once_and_kept_over_moves() {
    let account = account();
    let work = account.add_calendar("Work");
    put(&account, &work, 0, TEN).await;
    let first = conference(&account, &work).await;
    assert!(matches!(&first, Conference::At(address) if address.starts_with("https://teams.")), "{first:?}");
    put(&account, &work, 1, "2026-11-11T13:00:00Z").await;
    assert_eq!(conference(&account, &work).await, first);
}

#[tokio::test]
async fn an_event_of_before_gets_one_with_its_next_version() {
    let account = account();
    let work = account.add_calendar("Work");
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    assert_eq!(conference(&account, &work).await, Conference::None);
    put(&account, &work, 1, TEN).await;
    assert!(matches!(conference(&account, &work).await, Conference::At(_)));
}

#[tokio::test]
async fn one_that_is_being_made_is_pending() {
    let account = account();
    account.server.control("PUT", "settings", &json!({"link_pending": 9}));
    let work = account.add_calendar("Work");
    put(&account, &work, 0, TEN).await;
    assert_eq!(conference(&account, &work).await, Conference::Pending);
}
