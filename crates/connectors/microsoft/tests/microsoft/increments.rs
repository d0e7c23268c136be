//! Readings of an account that stays open: the same as of one that is opened anew, with fewer requests.

use crate::account::{Account, Stored, account, app, time, vendor};
use crate::owner::{Dice, Owner, half_hour};
use contract_calendar::Provider;
use contract_microsoft::seed;
use jiff::Timestamp;
use knock_microsoft::{EMAIL, USER_ID};
use knock_model::Millis;
use knock_ports::{
    BusyPolicy, BusyQuery, BusyRead, CalendarAccount, CalendarFailure, CalendarOauth, Credentials, TokenStore,
};
use knock_scheduling::Span;
use serde_json::json;
use std::slice::from_ref;
use std::sync::Arc;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);
const STEPS: u64 = 40;

fn query(from: &str, to: &str) -> BusyQuery {
    let at = |day: &str| Millis(format!("{day}T00:00:00Z").parse::<Timestamp>().expect("a day").as_millisecond());
    let window = Span { start: at(from), end: at(to) };
    let (zone, owner) = ("Europe/Berlin".to_owned(), "ann@acme.example".to_owned());
    BusyQuery { window, zone, owner, policy: BusyPolicy::default() }
}

fn november() -> BusyQuery {
    query("2026-11-01", "2026-12-01")
}

/// The same account, of which nothing is known yet.
fn anew(account: &Account) -> Arc<dyn CalendarAccount> {
    let store: Arc<dyn TokenStore> = Arc::<Stored>::clone(&account.tokens);
    let known = Credentials::from([(EMAIL, seed::MAIL), (USER_ID, "")]);
    CalendarOauth::open(&vendor(&account.server, PATIENCE), &app(), &known, store).expect("an account")
}

async fn read(account: &Account, calendars: &[String]) -> Result<BusyRead, CalendarFailure> {
    account.calendars.busy(calendars, november()).await
}

/// What an account reads that is opened for it.
async fn fresh(account: &Account, calendars: &[String]) -> BusyRead {
    anew(account).busy(calendars, november()).await.expect("read")
}

/// The requests for views and changes since they were last counted, and those of them for changes.
fn requests(account: &Account) -> (usize, usize) {
    let counted = (account.requests("calendarView"), account.requests("calendarView/delta"));
    account.server.control("DELETE", "calls", &json!({}));
    counted
}

fn add(account: &Account, calendar: &str, at: &str) -> String {
    let mut event = half_hour(at.parse().expect("a time"));
    event["subject"] = json!(at);
    account.add(calendar, &event, &json!({}))
}

#[tokio::test]
async fn an_open_account_reads_what_one_that_is_opened_anew_reads() {
    for (seed, settings) in [
        (1, json!({})),
        (2, json!({"names_removed_occurrences": false})),
        (3, json!({"has_empty_page": true, "names_removed_occurrences": false, "reports_beyond": false})),
        (4, json!({"replays": true})),
    ] {
        let account = account();
        account.server.control("PUT", "settings", &settings);
        let calendars = ["Work", "Private"].map(|name| account.add_calendar(name));
        let mut owner = Owner { account: &account, calendars: &calendars, dice: Dice::new(seed) };
        let (mut before, mut differing) = (BusyRead::default(), 0);
        for step in 0..STEPS {
            owner.act().await;
            let read = read(&account, &calendars).await.expect("read");
            assert_eq!(read, fresh(&account, &calendars).await, "seed {seed}, step {step}");
            differing += usize::from(read != before);
            before = read;
        }
        assert!(differing > 5, "{differing} of {STEPS} steps changed what is read");
    }
}

#[tokio::test]
async fn a_calendar_without_changes_costs_one_request() {
    let account = account();
    let calendars = ["Work", "Private"].map(|name| account.add_calendar(name));
    add(&account, &calendars[0], "2026-11-10T09:00:00");
    let first = read(&account, &calendars).await.expect("read");
    assert_eq!(requests(&account), (4, 2));
    assert_eq!(read(&account, &calendars).await, Ok(first));
    assert_eq!(requests(&account), (2, 2));
    // A later window is within what was read, and one within it as well.
    for query in [query("2026-11-08", "2026-12-08"), query("2026-11-10", "2026-11-11")] {
        let blocks = account.calendars.busy(&calendars, query).await.expect("read").blocks;
        assert_eq!((blocks.len(), requests(&account)), (1, (2, 2)));
    }
    add(&account, &calendars[0], "2026-11-10T10:00:00");
    let blocks = read(&account, &calendars).await.expect("read").blocks;
    assert_eq!((blocks.len(), requests(&account)), (2, (3, 2)));
}

#[tokio::test]
async fn only_what_touches_the_window_of_the_question_is_read() {
    let account = account();
    let work = account.add_calendar("Work");
    add(&account, &work, "2026-11-10T09:00:00");
    let odd = json!({"subject": "Odd", "start": time("2026-11-20T09:00:00", "UTC"), "end": time("2026-11-20T10:00:00", "UTC")});
    account.add(&work, &odd, &json!({"odd_zone": "tzone://Microsoft/Custom"}));
    for (from, to, blocks, unread) in [
        ("2026-11-01", "2026-12-01", 2, 1),
        ("2026-11-10", "2026-11-11", 1, 0),
        ("2026-11-11", "2026-11-12", 0, 0),
        ("2026-11-20", "2026-11-21", 1, 1),
        ("2027-11-10", "2027-11-11", 0, 0),
    ] {
        let read = account.calendars.busy(from_ref(&work), query(from, to)).await.expect("read");
        assert_eq!((read.blocks.len(), read.unread.len()), (blocks, unread), "{from}");
    }
}

#[tokio::test]
async fn a_failure_at_any_request_loses_no_change() {
    let account = account();
    // Each round of changes has two pages.
    account.server.control("PUT", "settings", &json!({"has_empty_page": true}));
    let work = account.add_calendar("Work");
    let mut hour = 0;
    for mishap in ["status", "lose_answer"] {
        for after in 0..3 {
            read(&account, from_ref(&work)).await.expect("read");
            add(&account, &work, &format!("2026-11-10T{hour:02}:00:00"));
            hour += 1;
            let fault = json!({"on": "calendarView", "do": mishap, "status": 503, "after": after});
            account.post("faults", &fault);
            let failure = read(&account, from_ref(&work)).await.expect_err("a failure");
            assert!(matches!(failure, CalendarFailure::Later { .. }), "{failure:?}");
            let read = read(&account, from_ref(&work)).await.expect("read");
            assert_eq!(read.blocks.len(), hour, "{mishap} after {after}");
            assert_eq!(read, fresh(&account, from_ref(&work)).await);
        }
    }
}

#[tokio::test]
async fn a_first_reading_that_fails_is_finished_by_the_next_one() {
    for after in 0..3 {
        let account = account();
        account.server.control("PUT", "settings", &json!({"has_empty_page": true}));
        let work = account.add_calendar("Work");
        add(&account, &work, "2026-11-10T09:00:00");
        account.post("faults", &json!({"on": "calendarView", "do": "status", "status": 503, "after": after}));
        read(&account, from_ref(&work)).await.expect_err("a failure");
        add(&account, &work, "2026-11-10T10:00:00");
        assert_eq!(read(&account, from_ref(&work)).await.expect("read").blocks.len(), 2, "{after}");
        add(&account, &work, "2026-11-10T11:00:00");
        assert_eq!(read(&account, from_ref(&work)).await.expect("read").blocks.len(), 3, "{after}");
    }
}

#[tokio::test]
async fn a_token_that_has_ended_leads_to_a_full_reading() {
    let account = account();
    let work = account.add_calendar("Work");
    let id = add(&account, &work, "2026-11-10T09:00:00");
    assert_eq!(read(&account, from_ref(&work)).await.expect("read").blocks.len(), 1);
    account.server.control("DELETE", &format!("events/{id}"), &json!({}));
    account.post("expire_deltas", &json!({}));
    requests(&account);
    assert_eq!(read(&account, from_ref(&work)).await.expect("read").blocks.len(), 0);
    // The token is refused, the changes begin anew, and the view is read.
    assert_eq!(requests(&account), (3, 2));
    read(&account, from_ref(&work)).await.expect("read");
    assert_eq!(requests(&account), (1, 1));
}

#[tokio::test]
async fn a_calendar_whose_changes_are_not_followed_is_read_anew_each_time() {
    let account = account();
    let work = account.add_calendar("Work");
    account.post("faults", &json!({"on": "calendarView/delta", "do": "status", "status": 400, "times": 1_000}));
    for hour in 9..12 {
        add(&account, &work, &format!("2026-11-10T{hour:02}:00:00"));
        assert_eq!(read(&account, from_ref(&work)).await.expect("read").blocks.len(), hour - 8);
    }
    assert_eq!(requests(&account), (4, 1));
}

#[tokio::test]
async fn a_calendar_whose_changes_fail_again_and_again_is_read_without_them() {
    let account = account();
    let work = account.add_calendar("Work");
    add(&account, &work, "2026-11-10T09:00:00");
    account.post("faults", &json!({"on": "calendarView/delta", "do": "status", "status": 503, "times": 1_000}));
    for _ in 0..2 {
        let failure = read(&account, from_ref(&work)).await.expect_err("a failure");
        assert!(matches!(failure, CalendarFailure::Later { .. }), "{failure:?}");
    }
    for _ in 0..2 {
        assert_eq!(read(&account, from_ref(&work)).await.expect("read").blocks.len(), 1);
    }
    assert_eq!(requests(&account), (5, 3));
}

/// Where nothing can be read, the changes are followed again afterwards.
#[tokio::test]
async fn an_outage_ends_no_following_of_changes() {
    let account = account();
    let work = account.add_calendar("Work");
    read(&account, from_ref(&work)).await.expect("read");
    account.server.control("PUT", "outage", &json!({"on": true}));
    for _ in 0..5 {
        read(&account, from_ref(&work)).await.expect_err("a failure");
    }
    account.server.control("PUT", "outage", &json!({"on": false}));
    add(&account, &work, "2026-11-10T09:00:00");
    assert_eq!(read(&account, from_ref(&work)).await.expect("read").blocks.len(), 1);
    requests(&account);
    read(&account, from_ref(&work)).await.expect("read");
    assert_eq!(requests(&account), (1, 1));
}
