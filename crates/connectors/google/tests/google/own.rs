//! Reading what is Google's alone: roles, kinds of events, pages and limits.

use crate::account::{Account, november};
use contract_calendar::{Event, Kept, Provider, When};
use contract_google::ACCOUNT;
use jiff::{SignedDuration, Timestamp};
use knock_ports::{BusyPolicy, CALENDAR_TIMEOUT, CalendarFailure};
use serde_json::json;
use std::slice::from_ref;
use std::time::Duration;

#[tokio::test]
async fn calendars_of_others_and_those_that_take_nothing_are_marked() {
    let account = Account::connected();
    let roles = ["reader", "owner", "freeBusyReader", "writer"];
    let [holidays, work, boss, team] = roles.map(|role| account.add_calendar_as(role, role));
    account.steer("PUT", "calendars/access", &json!({"calendar": work, "role": "owner", "is_hidden": true}));
    let found = account.calendars.calendars().await.expect("calendars");
    let marks = |id: &str| {
        let calendar = found.iter().find(|calendar| calendar.id == id).unwrap_or_else(|| panic!("no {id}"));
        (calendar.is_foreign, calendar.is_read_only)
    };
    assert_eq!((marks(ACCOUNT), marks(&work)), ((false, false), (false, false)), "hidden ones are listed too");
    assert_eq!((marks(&holidays), marks(&boss), marks(&team)), ((true, true), (true, true), (true, false)));
    assert_eq!(found.first().map(|calendar| calendar.id.as_str()), Some(ACCOUNT));
}

#[tokio::test]
async fn a_calendar_that_shows_free_and_busy_alone_blocks() {
    let account = Account::connected();
    let boss = account.add_calendar_as("Boss", "freeBusyReader");
    for (uid, start, end, kept) in [
        ("busy", "2026-11-10T09:00:00Z", "2026-11-10T09:30:00Z", Kept::Busy),
        ("free", "2026-11-10T11:00:00Z", "2026-11-10T11:30:00Z", Kept::Free),
    ] {
        account.add_event(&boss, &Event { uid, when: When::Instants(start, end), kept });
    }
    let blocks = account.calendars.busy(from_ref(&boss), november(BusyPolicy::default())).await.expect("blocks").blocks;
    assert_eq!(blocks.into_iter().map(|(uid, _)| uid).collect::<Vec<_>>(), [Some("busy".to_owned())]);
    let refused = account.calendars.put(&boss, &crate::account::meeting("m@knock", "2026-11-10T09:00:00Z", 0)).await;
    assert!(matches!(refused, Err(CalendarFailure::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn kinds_of_events_follow_the_policy() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    let place = |place: &str| json!({"eventType": "workingLocation", "transparency": "transparent", "workingLocationProperties": {"type": place}});
    for (hour, mut event) in [
        (8, json!({"eventType": "outOfOffice"})),
        (9, json!({"eventType": "focusTime"})),
        (10, place("homeOffice")),
        (11, place("customLocation")),
        (12, json!({"status": "tentative"})),
        (13, json!({"attendees": [{"email": ACCOUNT, "responseStatus": "needsAction"}]})),
    ] {
        event["start"] = json!({"dateTime": format!("2026-11-10T{hour:02}:00:00Z")});
        event["end"] = json!({"dateTime": format!("2026-11-10T{hour:02}:30:00Z")});
        event["iCalUID"] = json!(format!("{hour}"));
        account.add(&work, &event);
    }
    let hours = async |policy| {
        let blocks = account.calendars.busy(from_ref(&work), november(policy)).await.expect("blocks").blocks;
        let mut hours: Vec<u32> = blocks.iter().filter_map(|(uid, _)| uid.as_ref()?.parse().ok()).collect();
        hours.sort_unstable();
        hours
    };
    let none = BusyPolicy { tentative: false, unanswered: false, elsewhere: false };
    assert_eq!(hours(none).await, [8, 9]);
    assert_eq!(hours(BusyPolicy::default()).await, [8, 9, 12, 13]);
    assert_eq!(hours(BusyPolicy { elsewhere: true, ..none }).await, [8, 9, 11]);
}

#[tokio::test]
async fn five_thousand_events_are_read_in_time() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    let first: Timestamp = "2026-11-01T00:00:00Z".parse().expect("an instant");
    let event = |number: i32| {
        let start = first + SignedDuration::from_mins(8) * number;
        let end = start + SignedDuration::from_mins(8);
        json!({"start": {"dateTime": start.to_string()}, "end": {"dateTime": end.to_string()}})
    };
    let events: Vec<_> = (0..5_000).map(event).collect();
    account.steer("POST", "events", &json!({"calendar": work, "event": {"items": events}}));
    account.forget_requests();
    let limit = Duration::from_millis(CALENDAR_TIMEOUT.0.unsigned_abs());
    let read = account.calendars.busy(from_ref(&work), november(BusyPolicy::default()));
    let blocks = tokio::time::timeout(limit, read).await.expect("in time").expect("blocks").blocks;
    assert_eq!((blocks.len(), account.requests("events.list").len()), (5_000, 2));
}

#[tokio::test]
async fn a_page_that_fails_fails_the_whole_reading() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    account.steer("PATCH", "settings", &json!({"largest_page": 2}));
    for day in 10..15 {
        let at = |minute: u32| json!({"dateTime": format!("2026-11-{day}T09:{minute:02}:00Z")});
        account.add(&work, &json!({"start": at(0), "end": at(30)}));
    }
    let read = || account.calendars.busy(from_ref(&work), november(BusyPolicy::default()));
    account.fail_on("events.list", json!({"do": "status", "status": 500, "after": 2}));
    let failure = read().await.expect_err("the third page failed");
    assert!(matches!(failure, CalendarFailure::Later { .. }), "{failure:?}");
    assert_eq!(read().await.expect("blocks").blocks.len(), 5);
}

#[tokio::test]
async fn limits_of_use_are_waited_for() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    for (status, reason) in
        [(403, "rateLimitExceeded"), (403, "userRateLimitExceeded"), (403, "quotaExceeded"), (429, "rateLimitExceeded")]
    {
        account.fail_on("events.list", json!({"do": "rate_limit", "status": status, "reason": reason}));
        let failure = account.calendars.busy(from_ref(&work), november(BusyPolicy::default())).await;
        let failure = failure.expect_err("limited");
        assert!(matches!(failure, CalendarFailure::Later { after: None, .. }), "{status} {reason}: {failure:?}");
    }
}
