//! Reading what changed: it is what a full read says, whatever the owner does and whatever goes wrong.

use crate::account::{Account, at, november};
use jiff::civil::{DateTime, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use knock_model::Millis;
use knock_ports::{BusyPolicy, BusyQuery, CalendarAccount, CalendarFailure};
use knock_scheduling::Span;
use serde_json::{Value as Json, json};
use std::slice::from_ref;

/// Numbers that are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("a small number") % most
    }

    fn one_of<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        let count = i64::try_from(all.len()).expect("not many");
        if count == 0 { None } else { all.get(usize::try_from(self.below(count)).expect("an index")) }
    }
}

fn all_november() -> BusyQuery {
    november(BusyPolicy::default())
}

/// A window that begins some days after the beginning of November.
fn window(after: i64, days: i64) -> BusyQuery {
    let start = at("2026-11-01T00:00:00Z") + Millis::days(after);
    BusyQuery { window: Span { start, end: start + Millis::days(days) }, ..all_november() }
}

/// The blocks of a calendar in words, in an order that does not depend on the reading.
async fn blocks(reader: &dyn CalendarAccount, calendar: &str, query: &BusyQuery) -> Vec<String> {
    let read = reader.busy(&[calendar.to_owned()], query.clone()).await.expect("blocks");
    assert_eq!(read.unread, [], "all can be read");
    let mut shown: Vec<String> = read.blocks.iter().map(|block| format!("{block:?}")).collect();
    shown.sort();
    shown
}

/// The sync tokens of the lists that were asked for; none for a full read.
fn tokens(account: &Account) -> Vec<Option<String>> {
    let token = |request: &Json| {
        let mut pairs = request["query"].as_array().expect("a query").iter();
        let found = pairs.find(|pair| pair[0] == "syncToken")?;
        Some(found[1].as_str().expect("a token").to_owned())
    };
    account.requests("events.list").iter().map(token).collect()
}

fn timed(day: u32, hour: u32) -> Json {
    let at = |minute: u32| json!({"dateTime": format!("2026-11-{day:02}T{hour:02}:{minute:02}:00Z")});
    json!({"start": at(0), "end": at(30)})
}

/// A time in November, December or the first days of January.
fn any_time(dice: &mut Dice) -> Json {
    let day = date(2026, 11, 1) + dice.below(70).days();
    if dice.below(6) == 0 {
        return json!({"start": {"date": day.to_string()}, "end": {"date": (day + 2.days()).to_string()}});
    }
    let start = day.at(8, 0, 0, 0) + dice.below(10).hours();
    let end = start + if dice.below(5) == 0 { 30.hours() } else { 45.minutes() };
    let at = |local: DateTime| json!({"dateTime": local.to_string(), "timeZone": "Europe/Berlin"});
    json!({"start": at(start), "end": at(end)})
}

fn is_timed(event: &Json) -> bool {
    event["start"]["dateTime"].is_string()
}

fn rule(dice: &mut Dice) -> Json {
    let rule = dice.one_of(&["RRULE:FREQ=DAILY;COUNT=5", "RRULE:FREQ=WEEKLY;COUNT=6"]);
    json!([rule.expect("one of them")])
}

/// The id of an instance that the rule of a series gives: none of them is on a day at which clocks change.
fn instance(series: &Json, dice: &mut Dice) -> Option<String> {
    let days = if series["recurrence"][0].as_str()?.contains("DAILY") { 1 } else { 7 };
    let first: Timestamp = series["start"]["dateTime"].as_str()?.parse().ok()?;
    let start = first + SignedDuration::from_hours(24 * days * dice.below(4));
    Some(format!("{}_{}", series["id"].as_str()?, start.strftime("%Y%m%dT%H%M%SZ")))
}

/// One change by the owner.
fn change(account: &Account, calendar: &str, dice: &mut Dice) {
    let all = account.steer("GET", &format!("events/{calendar}"), &Json::Null);
    let all = all.as_array().expect("events");
    let is_cancelled = |id: &str| all.iter().any(|event| event["id"] == id && event["status"] == "cancelled");
    let live: Vec<&Json> = all.iter().filter(|event| event["status"] != "cancelled").collect();
    let mut event = any_time(dice);
    let turn = dice.below(9);
    let picked = dice.one_of(&live).copied();
    let Some(picked) = picked.filter(|_| turn > 1) else {
        if is_timed(&event) && dice.below(2) == 0 {
            event["recurrence"] = rule(dice);
        }
        account.add(calendar, &event);
        return;
    };
    let id = picked["id"].as_str().expect("an id");
    let delete = |id: &str| account.steer("DELETE", "events", &json!({"calendar": calendar, "id": id}));
    let is_single = picked["recurringEventId"].is_null();
    match (turn, instance(picked, dice)) {
        (2, _) => drop(delete(id)),
        (3 | 4, _) if is_single && is_timed(&event) => {
            event["recurrence"] = if dice.below(3) == 0 { Json::Null } else { rule(dice) };
            account.patch(calendar, id, &event);
        }
        (5, Some(instance)) if !is_cancelled(&instance) => drop(delete(&instance)),
        (6 | 7, Some(instance)) if !is_cancelled(&instance) && is_timed(&event) => {
            account.patch(calendar, &instance, &event);
        }
        // A series stays one of instants.
        _ if is_timed(&event) || picked["recurrence"].is_null() => account.patch(calendar, id, &event),
        _ => account.patch(calendar, id, &json!({"transparency": "transparent"})),
    }
}

#[tokio::test]
async fn the_fold_of_all_that_changed_is_a_full_read() {
    let mut ended = 0;
    for seed in 0..5 {
        let (account, mut dice) = (Account::connected(), Dice(seed));
        let work = account.add_calendar_as("Work", "owner");
        account.steer("PATCH", "settings", &json!({"largest_page": 20, "per_minute": 100_000}));
        blocks(&*account.calendars, &work, &all_november()).await;
        for number in 0..40 {
            change(&account, &work, &mut dice);
            if dice.below(3) == 0 {
                continue;
            }
            if dice.below(10) == 0 {
                account.steer("POST", "sync/expire", &Json::Null);
            }
            let query = match dice.below(4) {
                0 => window(dice.below(35), dice.below(20) + 1),
                _ => all_november(),
            };
            let known = blocks(&*account.calendars, &work, &query).await;
            let full = blocks(&*account.beside(), &work, &query).await;
            assert_eq!(known, full, "seed {seed}, change {number}");
        }
        let increments = tokens(&account).into_iter().flatten().count();
        assert!(increments >= 5, "seed {seed}: {increments}");
        ended += account.requests("events.list").iter().filter(|request| request["status"] == 410).count();
    }
    assert!(ended > 0, "tokens ended");
}

#[tokio::test]
async fn nothing_new_is_one_request_for_each_calendar() {
    let account = Account::connected();
    let both = ["Work", "Private"].map(|name| account.add_calendar_as(name, "owner"));
    for calendar in &both {
        account.add(calendar, &timed(10, 9));
    }
    let read = async || account.calendars.busy(&both, all_november()).await.expect("blocks").blocks.len();
    assert_eq!(read().await, 2);
    account.forget_requests();
    assert_eq!(read().await, 2);
    let asked = tokens(&account);
    assert!(asked.len() == 2 && asked.iter().all(Option::is_some), "{asked:?}");
    let all = account.steer("GET", "calls", &Json::Null);
    assert_eq!(all.as_array().map(Vec::len), Some(2), "{all}");
}

#[tokio::test]
async fn an_event_that_leaves_the_window_and_comes_back_is_followed() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    let id = account.add(&work, &timed(10, 9));
    let at_nine = blocks(&*account.calendars, &work, &all_november()).await;
    assert_eq!(at_nine.len(), 1);
    let later = |text: &str| json!({"dateTime": text});
    let away = json!({"start": later("2027-05-10T09:00:00Z"), "end": later("2027-05-10T09:30:00Z")});
    for (time, expected) in [(&away, Vec::new()), (&timed(10, 9), at_nine)] {
        account.patch(&work, &id, time);
        assert_eq!(blocks(&*account.calendars, &work, &all_november()).await, expected, "{time}");
    }
    account.steer("DELETE", "events", &json!({"calendar": work, "id": id}));
    assert_eq!(blocks(&*account.calendars, &work, &all_november()).await, [""; 0]);
    let asked = tokens(&account);
    assert_eq!(asked.iter().filter(|token| token.is_none()).count(), 1, "one full read: {asked:?}");
}

#[tokio::test]
async fn a_window_beyond_what_was_read_is_read_in_full() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    account.add(&work, &timed(10, 9));
    account.add(&work, &json!({"start": {"date": "2027-01-04"}, "end": {"date": "2027-01-05"}}));
    for (query, count, is_full) in
        [(window(0, 30), 1, true), (window(10, 30), 0, false), (window(40, 60), 1, true), (window(0, 30), 1, true)]
    {
        account.forget_requests();
        assert_eq!(blocks(&*account.calendars, &work, &query).await.len(), count, "{query:?}");
        let asked = tokens(&account);
        assert!(asked.len() == 1 && asked[0].is_none() == is_full, "{query:?} {asked:?}");
    }
}

#[tokio::test]
async fn a_token_that_has_ended_is_followed_by_a_full_read() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    let id = account.add(&work, &timed(10, 9));
    assert_eq!(blocks(&*account.calendars, &work, &all_november()).await.len(), 1);
    account.steer("DELETE", "events", &json!({"calendar": work, "id": id}));
    account.steer("POST", "sync/expire", &Json::Null);
    account.forget_requests();
    assert_eq!(blocks(&*account.calendars, &work, &all_november()).await, [""; 0]);
    let asked = tokens(&account);
    assert!(matches!(asked.as_slice(), [Some(_), None]), "{asked:?}");
}

#[tokio::test]
async fn a_page_that_fails_leaves_what_is_known_and_the_next_read_is_right() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    account.steer("PATCH", "settings", &json!({"largest_page": 2}));
    let ids: Vec<String> = (10..15).map(|day| account.add(&work, &timed(day, 9))).collect();
    assert_eq!(blocks(&*account.calendars, &work, &all_november()).await.len(), 5);
    for (id, day) in ids.iter().zip(20..25) {
        account.patch(&work, id, &timed(day, 14));
    }
    account.forget_requests();
    account.fail_on("events.list", json!({"do": "status", "status": 500, "after": 1}));
    let failure = account.calendars.busy(from_ref(&work), all_november()).await.expect_err("the second page failed");
    assert!(matches!(failure, CalendarFailure::Later { .. }), "{failure:?}");
    let known = blocks(&*account.calendars, &work, &all_november()).await;
    let mut asked = tokens(&account);
    let count = asked.len();
    asked.dedup();
    assert!(count == 5 && asked.len() == 1 && asked[0].is_some(), "the same token again: {asked:?}");
    assert_eq!((known.len(), &known), (5, &blocks(&*account.beside(), &work, &all_november()).await));
}

#[tokio::test]
async fn reads_side_by_side_take_turns() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    account.add(&work, &timed(10, 9));
    account.forget_requests();
    let read = async || blocks(&*account.calendars, &work, &all_november()).await.len();
    assert_eq!(tokio::join!(read(), read(), read()), (1, 1, 1));
    let asked = tokens(&account);
    assert!(matches!(asked.as_slice(), [None, Some(_), Some(_)]), "{asked:?}");
}

#[tokio::test]
async fn an_access_that_is_taken_and_given_again_is_a_failure_and_then_a_full_read() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    account.add(&work, &timed(10, 9));
    assert_eq!(blocks(&*account.calendars, &work, &all_november()).await.len(), 1);
    let share = |role: Json| account.steer("PUT", "calendars/access", &json!({"calendar": work, "role": role}));
    share(Json::Null);
    let failure = account.calendars.busy(from_ref(&work), all_november()).await.expect_err("it is not there");
    assert!(matches!(failure, CalendarFailure::Gone(_)), "{failure:?}");
    share(json!("reader"));
    account.add(&work, &timed(11, 9));
    assert_eq!(blocks(&*account.calendars, &work, &all_november()).await.len(), 2);
}
