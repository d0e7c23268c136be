//! What is Microsoft's alone: pages, whole days, conferences, calendars of others, and versions of meetings.

use crate::account::{Account, account, time};
use crate::entries::entry;
use contract_calendar::Provider;
use jiff::Timestamp;
use jiff::civil::date;
use knock_model::Millis;
use knock_ports::{BusyPolicy, BusyQuery};
use knock_scheduling::{Extent, Span};
use serde_json::json;
use std::slice::from_ref;
use std::time::Duration;

const UID: &str = "0198f2a4-meeting@knock";

fn at(text: &str) -> Millis {
    Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
}

/// The question for November 2026.
pub(crate) fn november(zone: &str) -> BusyQuery {
    let window = Span { start: at("2026-11-01T00:00:00Z"), end: at("2026-12-01T00:00:00Z") };
    let (zone, owner) = (zone.to_owned(), "ann@acme.example".to_owned());
    BusyQuery { window, zone, owner, policy: BusyPolicy::default() }
}

fn starts(account: &Account, calendar: &str) -> Vec<Millis> {
    account.events(calendar).into_iter().map(|(_, start, _)| start).collect()
}

const TEN: &str = "2026-11-10T09:00:00Z";
const NEXT_DAY: &str = "2026-11-11T13:00:00Z";

/// The time that reading takes is that of its requests: the fewer pages, the sooner. Changes come in smaller ones.
#[tokio::test]
async fn five_thousand_events_are_read_in_five_pages() {
    let account = Account::start(Duration::from_secs(60));
    let work = account.add_calendar("Work");
    let many = json!({"calendar": work, "count": 5_000, "minutes": 5, "start": "2026-11-02T00:00:00"});
    account.post("events/many", &many);
    let blocks = account.calendars.busy(from_ref(&work), november("UTC")).await.expect("read").blocks;
    assert_eq!(
        (blocks.len(), account.requests("calendarView/delta"), account.requests("calendarView")),
        (5_000, 10, 15)
    );
    let blocks = account.calendars.busy(from_ref(&work), november("UTC")).await.expect("read").blocks;
    assert_eq!((blocks.len(), account.requests("calendarView")), (5_000, 16));
}

#[tokio::test]
async fn whole_days_keep_their_dates_from_every_zone() {
    let account = account();
    let work = account.add_calendar("Work");
    for zone in ["Pacific Standard Time", "UTC", "New Zealand Standard Time"] {
        let (start, end) = (time("2026-11-12T00:00:00", zone), time("2026-11-13T00:00:00", zone));
        account.add(&work, &json!({"start": start, "end": end, "isAllDay": true}), &json!({}));
    }
    for zone in ["America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland"] {
        let blocks = account.calendars.busy(from_ref(&work), november(zone)).await.expect("read").blocks;
        let extents: Vec<_> = blocks.into_iter().map(|(_, block)| block.extent).collect();
        assert_eq!(extents, [Extent::Days(date(2026, 11, 12), date(2026, 11, 13)); 3], "{zone}");
    }
}

#[tokio::test]
async fn whole_days_at_the_edge_of_the_window_count_where_their_owner_is() {
    let account = account();
    let work = account.add_calendar("Work");
    for (day, next) in [("2026-10-31", "2026-11-01"), ("2026-12-01", "2026-12-02")] {
        let midnight = |day: &str| time(&format!("{day}T00:00:00"), "UTC");
        account.add(&work, &json!({"start": midnight(day), "end": midnight(next), "isAllDay": true}), &json!({}));
    }
    // Where it is later, the first of December begins in November, and where it is earlier October ends in it.
    for (zone, expected) in
        [("UTC", vec![]), ("Asia/Tokyo", vec![date(2026, 12, 1)]), ("America/New_York", vec![date(2026, 10, 31)])]
    {
        let blocks = account.calendars.busy(from_ref(&work), november(zone)).await.expect("read").blocks;
        let days = blocks.iter().filter_map(|(_, block)| match block.extent {
            Extent::Days(from, _) => Some(from),
            Extent::Instants(_) => None,
        });
        assert_eq!(days.collect::<Vec<_>>(), expected, "{zone}");
    }
}

#[tokio::test]
async fn the_policy_of_the_account_decides_about_invitations() {
    let account = account();
    let work = account.add_calendar("Work");
    let hour = |hour: u32| {
        let at = |minute: u32| time(&format!("2026-11-10T{hour:02}:{minute:02}:00"), "UTC");
        (at(0), at(30))
    };
    for (index, (shown, response)) in [
        ("tentative", "notResponded"),
        ("tentative", "tentativelyAccepted"),
        ("workingElsewhere", "organizer"),
        ("oof", "organizer"),
    ]
    .into_iter()
    .enumerate()
    {
        let (start, end) = hour(8 + u32::try_from(index).expect("a few"));
        let more = json!({"organizer": "boss@acme.example", "response": response});
        account.add(&work, &json!({"start": start, "end": end, "showAs": shown}), &more);
    }
    for (tentative, unanswered, elsewhere, expected) in [
        (true, true, false, 3),
        (false, false, false, 1),
        (false, true, false, 2),
        (true, false, false, 2),
        (false, false, true, 2),
    ] {
        let query = BusyQuery { policy: BusyPolicy { tentative, unanswered, elsewhere }, ..november("UTC") };
        let blocks = account.calendars.busy(from_ref(&work), query).await.expect("read").blocks;
        assert_eq!(blocks.len(), expected, "{tentative} {unanswered} {elsewhere}");
    }
}

#[tokio::test]
async fn an_older_version_replaces_no_newer_one() {
    let account = account();
    let work = account.add_calendar("Work");
    account.calendars.put(&work, &entry(1, NEXT_DAY)).await.expect("put");
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    assert_eq!(starts(&account, &work), [at(NEXT_DAY)]);
}

#[tokio::test]
async fn a_version_that_its_owner_deleted_can_be_put_once_more() {
    let account = account();
    let work = account.add_calendar("Work");
    for _ in 0..2 {
        account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
        account.delete(&work, UID);
    }
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    assert_eq!(starts(&account, &work), [at(TEN)]);
}

#[tokio::test]
async fn servers_that_put_at_the_same_time_make_one_event() {
    let account = account();
    let work = account.add_calendar("Work");
    let entry = entry(0, TEN);
    let put = || account.calendars.put(&work, &entry);
    let (one, two, three) = tokio::join!(put(), put(), put());
    assert!(one.is_ok() && two.is_ok() && three.is_ok(), "{one:?} {two:?} {three:?}");
    assert_eq!(starts(&account, &work), [at(TEN)]);
}

#[tokio::test]
async fn a_conference_that_its_owner_added_survives_a_move() {
    let account = account();
    let work = account.add_calendar("Work");
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    let id = account.ours(&work, UID)["id"].as_str().expect("an id").to_owned();
    let online = json!({"event": {"isOnlineMeeting": true, "onlineMeetingProvider": "teamsForBusiness"}});
    account.post(&format!("events/{id}"), &online);
    let link = account.ours(&work, UID)["onlineMeeting"]["joinUrl"].clone();
    account.calendars.put(&work, &entry(1, NEXT_DAY)).await.expect("moved");
    let event = account.ours(&work, UID);
    assert!(link.is_string() && event["onlineMeeting"]["joinUrl"] == link, "{event}");
    assert_eq!(starts(&account, &work), [at(NEXT_DAY)]);
}

#[tokio::test]
async fn an_event_has_what_was_booked_and_sends_no_mail() {
    let account = account();
    let work = account.add_calendar("Work");
    account.calendars.put(&work, &entry(0, TEN)).await.expect("put");
    let event = account.ours(&work, UID);
    assert_eq!(event["location"]["displayName"], "Room 4");
    assert_eq!(event["body"]["content"], "Zoe <zoe@hollis.example>");
    assert_eq!((&event["showAs"], &event["attendees"]), (&json!("busy"), &json!([])));
    account.calendars.put(&work, &entry(1, NEXT_DAY)).await.expect("moved");
    account.calendars.remove(&work, UID).await.expect("removed");
    let invitations = account.server.control("GET", "invitations", &json!(null));
    assert_eq!(invitations, json!([]));
}

#[tokio::test]
async fn a_calendar_of_another_person_is_foreign_and_is_read_all_the_same() {
    let account = account();
    let work = account.add_calendar("Work");
    let owner = json!({"name": "Boss", "address": "boss@acme.example"});
    let boss = account.post("calendars", &json!({"name": "Boss", "owner": owner, "can_edit": false}));
    let boss = boss["id"].as_str().expect("an id").to_owned();
    let found = account.calendars.calendars().await.expect("listed");
    let shown: Vec<_> = found.iter().map(|one| (one.id.as_str(), one.is_foreign, one.is_read_only)).collect();
    assert_eq!(shown, [(work.as_str(), false, false), (boss.as_str(), true, true)]);
    let (start, end) = (time("2026-11-10T09:00:00", "UTC"), time("2026-11-10T10:00:00", "UTC"));
    account.add(&boss, &json!({"subject": "Board", "start": start, "end": end}), &json!({}));
    let read = account.calendars.busy(&[work, boss], november("UTC")).await.expect("read");
    assert_eq!(read.blocks.len(), 1);
}
