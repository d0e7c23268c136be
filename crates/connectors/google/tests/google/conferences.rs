//! Conferences of meetings: asked for once, kept over moves, and read back.

use crate::account::{Account, meeting};
use knock_ports::{CalendarEntry, Conference, EntryFound};
use serde_json::{Value as Json, json};

const UID: &str = "0198f2a4-meeting@knock";
const TEN: &str = "2026-11-10T09:00:00Z";
const NEXT_DAY: &str = "2026-11-11T13:00:00Z";

/// An account with a calendar.
fn account(settings: &Json) -> (Account, String) {
    let account = Account::connected();
    account.steer("PATCH", "settings", settings);
    let work = account.add_calendar_as("Work", "owner");
    (account, work)
}

async fn put(account: &Account, calendar: &str, sequence: u32, start: &str) {
    let entry = CalendarEntry { has_conference: true, ..meeting(UID, start, sequence) };
    account.calendars.put(calendar, &entry).await.expect("put");
}

async fn conference(account: &Account, calendar: &str) -> Conference {
    match account.calendars.entry(calendar, UID).await.expect("read") {
        EntryFound::There(there) => there.conference,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_conference_is_made_once_and_kept_over_moves() {
    let (account, work) = account(&json!({}));
    put(&account, &work, 0, TEN).await;
    let first = conference(&account, &work).await;
    assert!(matches!(&first, Conference::At(address) if address.starts_with("https://meet.")), "{first:?}");
    put(&account, &work, 1, NEXT_DAY).await;
    assert_eq!(conference(&account, &work).await, first);
}

#[tokio::test]
async fn an_event_of_before_gets_one_with_its_next_version() {
    let (account, work) = account(&json!({}));
    account.calendars.put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    assert_eq!(conference(&account, &work).await, Conference::None);
    put(&account, &work, 1, NEXT_DAY).await;
    assert!(matches!(conference(&account, &work).await, Conference::At(_)));
}

#[tokio::test]
async fn one_that_is_being_made_is_pending() {
    let (account, work) = account(&json!({"conference_pending": 1}));
    put(&account, &work, 0, TEN).await;
    assert_eq!(conference(&account, &work).await, Conference::Pending);
    assert!(matches!(conference(&account, &work).await, Conference::At(_)));
}

#[tokio::test]
async fn a_calendar_that_may_have_none_takes_the_meeting_without() {
    for settings in [json!({"conference_types": []}), json!({"conference_fails": true})] {
        let (account, work) = account(&settings);
        put(&account, &work, 0, TEN).await;
        assert_eq!(conference(&account, &work).await, Conference::None, "{settings}");
        assert_eq!(account.live(&work).len(), 1, "{settings}");
    }
}
