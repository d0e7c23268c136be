//! Meetings that their owner changed: what is found of them, and what a later version does.

use crate::account::{Account, account, time};
use contract_calendar::Provider;
use jiff::Timestamp;
use knock_model::Millis;
use knock_ports::{CalendarEntry, CalendarFailure, EntryFound, EntryThere};
use serde_json::{Value as Json, json};

const UID: &str = "0198f2a4-meeting@knock";
pub(crate) const TEN: &str = "2026-11-10T09:00:00Z";
const NEXT_DAY: &str = "2026-11-11T13:00:00Z";

fn at(text: &str) -> Millis {
    Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
}

pub(crate) fn entry(sequence: u32, start: &str) -> CalendarEntry {
    CalendarEntry {
        uid: UID.to_owned(),
        sequence,
        at: at("2026-11-01T10:00:00Z") + Millis(i64::from(sequence)),
        start: at(start),
        end: at(start) + Millis(30 * 60_000),
        title: "Demo".into(),
        description: "Zoe <zoe@hollis.example>".into(),
        place: "Room 4".into(),
        has_conference: false,
    }
}

fn starts(account: &Account, calendar: &str) -> Vec<Millis> {
    account.events(calendar).into_iter().map(|(_, start, _)| start).collect()
}

/// The entry is there at a time, half an hour long.
fn there(start: Millis, declined: &[&str]) -> Result<EntryFound, CalendarFailure> {
    let declined = declined.iter().map(|one| (*one).to_owned()).collect();
    Ok(EntryFound::There(EntryThere { start, end: start + Millis(30 * 60_000), declined, ..EntryThere::default() }))
}

/// The owner changes the event in Outlook.
fn change(account: &Account, calendar: &str, body: &Json) {
    let id = account.ours(calendar, UID)["id"].as_str().expect("an id").to_owned();
    account.post(&format!("events/{id}"), body);
}

/// The owner moves the event to another calendar.
fn move_to(account: &Account, from: &str, to: &str) {
    let id = account.ours(from, UID)["id"].as_str().expect("an id").to_owned();
    account.post(&format!("events/{id}/move"), &json!({"calendar": to}));
}

#[tokio::test]
async fn an_entry_is_found_as_it_is_now() {
    let account = account();
    let work = account.add_calendar("Work");
    assert_eq!(account.calendars.entry(&work, UID).await, Ok(EntryFound::Gone));
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    assert_eq!(account.calendars.entry(&work, UID).await, there(at(TEN), &[]));
    account.delay(&work, UID, 3);
    assert_eq!(account.calendars.entry(&work, UID).await, there(at("2026-11-10T12:00:00Z"), &[]));
    account.delete(&work, UID);
    assert_eq!(account.calendars.entry(&work, UID).await, Ok(EntryFound::Gone));
    account.remove_calendar(&work);
    let failure = account.calendars.entry(&work, UID).await.expect_err("no calendar");
    assert!(matches!(failure, CalendarFailure::Gone(_)), "{failure:?}");
}

#[tokio::test]
async fn a_time_that_no_meeting_has_is_unclear() {
    let midnight = |day: &str| time(&format!("{day}T00:00:00"), "UTC");
    let weekly = json!({
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]},
        "range": {"type": "noEnd", "startDate": "2026-11-10"},
    });
    for change_to in [
        json!({"event": {"isAllDay": true, "start": midnight("2026-11-10"), "end": midnight("2026-11-11")}}),
        json!({"event": {"recurrence": weekly}}),
        json!({"event": {"subject": "Demo"}, "odd_zone": "tzone://Microsoft/Custom"}),
        json!({"event": {"end": time("2026-11-10T09:00:00", "UTC")}}),
    ] {
        let account = account();
        let work = account.add_calendar("Work");
        account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
        change(&account, &work, &change_to);
        assert_eq!(account.calendars.entry(&work, UID).await, Ok(EntryFound::Unclear), "{change_to}");
    }
}

#[tokio::test]
async fn a_cancelled_event_is_gone_and_another_one_takes_its_place() {
    let account = account();
    let work = account.add_calendar("Work");
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    change(&account, &work, &json!({"event": {"subject": "Demo"}, "is_cancelled": true}));
    assert_eq!(account.calendars.entry(&work, UID).await, Ok(EntryFound::Gone));
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    assert_eq!(account.calendars.entry(&work, UID).await, there(at(TEN), &[]));
    assert_eq!(account.ours(&work, UID)["isCancelled"], false);
}

#[tokio::test]
async fn guests_that_declined_are_named() {
    let account = account();
    let work = account.add_calendar("Work");
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    let guest = |address: &str| json!({"emailAddress": {"address": address}});
    let guests = json!([guest("Zoe@Hollis.example"), guest("max@hollis.example"), guest("ida@hollis.example")]);
    change(&account, &work, &json!({"event": {"attendees": guests}}));
    assert_eq!(account.calendars.entry(&work, UID).await, there(at(TEN), &[]));
    let id = account.ours(&work, UID)["id"].as_str().expect("an id").to_owned();
    for (attendee, response) in [("Zoe@Hollis.example", "declined"), ("max@hollis.example", "accepted")] {
        account.post(&format!("events/{id}/respond"), &json!({"attendee": attendee, "response": response}));
    }
    assert_eq!(account.calendars.entry(&work, UID).await, there(at(TEN), &["zoe@hollis.example"]));
}

#[tokio::test]
async fn a_version_that_is_there_leaves_what_its_owner_changed() {
    let account = account();
    let work = account.add_calendar("Work");
    account.calendars.put(&work, &entry(1, TEN)).await.expect("put");
    account.delay(&work, UID, 3);
    for sequence in [0, 1] {
        account.calendars.put(&work, &entry(sequence, TEN)).await.expect("put");
        assert_eq!(starts(&account, &work), [at("2026-11-10T12:00:00Z")], "{sequence}");
    }
    account.server.control("DELETE", "calls", &json!({}));
    account.calendars.put(&work, &entry(2, NEXT_DAY)).await.expect("put");
    assert_eq!((starts(&account, &work), account.requests("/v1.0/")), (vec![at(NEXT_DAY)], 2));
}

#[tokio::test]
async fn an_event_that_its_owner_moved_to_another_calendar_is_changed_and_removed_there() {
    let account = account();
    let [work, private] = ["Work", "Private"].map(|name| account.add_calendar(name));
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    move_to(&account, &work, &private);
    assert_eq!(account.calendars.entry(&work, UID).await, there(at(TEN), &[]));
    account.calendars.put(&work, &entry(1, NEXT_DAY)).await.expect("put");
    assert_eq!((starts(&account, &work), starts(&account, &private)), (vec![], vec![at(NEXT_DAY)]));
    account.calendars.remove(&work, UID).await.expect("removed");
    assert_eq!((starts(&account, &work), starts(&account, &private)), (vec![], vec![]));
}

/// The member chose another calendar: the event is made there before it is removed from the one before.
#[tokio::test]
async fn an_event_of_another_calendar_is_none_that_was_moved() {
    let account = account();
    let [work, private] = ["Work", "Private"].map(|name| account.add_calendar(name));
    account.calendars.put(&work, &entry(1, TEN)).await.expect("put");
    account.calendars.put(&private, &entry(1, TEN)).await.expect("put");
    account.calendars.remove(&work, UID).await.expect("removed");
    assert_eq!((starts(&account, &work), starts(&account, &private)), (vec![], vec![at(TEN)]));
    account.calendars.remove(&work, UID).await.expect("removed");
    assert_eq!(starts(&account, &private), [at(TEN)]);
}

/// The owner moves the event, and then chooses the calendar that it is in.
#[tokio::test]
async fn an_event_is_of_the_calendar_that_it_was_put_into_last() {
    let account = account();
    let [work, private] = ["Work", "Private"].map(|name| account.add_calendar(name));
    account.calendars.put(&work, &entry(1, TEN)).await.expect("put");
    move_to(&account, &work, &private);
    account.calendars.put(&private, &entry(1, TEN)).await.expect("put");
    account.calendars.remove(&work, UID).await.expect("removed");
    assert_eq!((starts(&account, &work), starts(&account, &private)), (vec![], vec![at(TEN)]));
}

/// A team calendar may have the same meeting as another member's.
#[tokio::test]
async fn calendars_of_other_persons_are_not_searched() {
    let account = account();
    let work = account.add_calendar("Work");
    account.calendars.put(&work, &entry(1, TEN)).await.expect("put");
    let owner = json!({"name": "Boss", "address": "boss@acme.example"});
    let boss = account.post("calendars", &json!({"name": "Boss", "owner": owner}));
    move_to(&account, &work, boss["id"].as_str().expect("an id"));
    assert_eq!(account.calendars.entry(&work, UID).await, Ok(EntryFound::Gone));
}
