//! The token of the moment: renewed once for all requests, and once more where it is refused.

use crate::account::{Account, Wall, november};
use knock_model::Millis;
use knock_ports::{BusyPolicy, CalendarFailure, Clock};
use serde_json::{Value as Json, json};

#[tokio::test]
async fn requests_side_by_side_renew_a_token_once() {
    let account = Account::connected();
    account.calendars.calendars().await.expect("calendars");
    account.forget_requests();
    account.steer("POST", "tokens/expire", &Json::Null);
    let ask = || account.calendars.calendars();
    let answers = tokio::join!(ask(), ask(), ask(), ask(), ask());
    for answer in [answers.0, answers.1, answers.2, answers.3, answers.4] {
        answer.expect("calendars");
    }
    assert_eq!(account.requests("token").len(), 1);
    account.beside().calendars().await.expect("calendars");
    assert_eq!(account.requests("token").len(), 1, "another server of ours finds it in the store");
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let account = Account::connected();
    account.tokens.0.lock().expect("a lock").expires_at = Wall.now() + Millis(30_000);
    account.forget_requests();
    account.calendars.calendars().await.expect("calendars");
    assert_eq!((account.requests("token").len(), account.requests("calendarList.list").len()), (1, 1));
    let stored = account.tokens.0.lock().expect("a lock").clone();
    assert!(stored.expires_at > Wall.now() + Millis(60_000) && !stored.refresh.is_empty());
}

#[tokio::test]
async fn a_refusal_after_the_renewal_is_final() {
    let account = Account::connected();
    account.fail_on("calendarList", json!({"do": "status", "status": 401, "times": 9}));
    account.forget_requests();
    let failure = account.calendars.calendars().await.expect_err("no access");
    assert!(matches!(failure, CalendarFailure::Unauthorized(_)), "{failure:?}");
    assert_eq!((account.requests("token").len(), account.requests("calendarList.list").len()), (1, 2));
}

#[tokio::test]
async fn a_renewal_that_google_cannot_do_now_may_work_later() {
    let account = Account::connected();
    account.steer("POST", "tokens/expire", &Json::Null);
    account.fail_on("token POST", json!({"do": "status", "status": 503}));
    let failure = account.calendars.calendars().await.expect_err("no token");
    assert!(matches!(failure, CalendarFailure::Later { .. }), "{failure:?}");
    account.calendars.calendars().await.expect("calendars");
}

#[tokio::test]
async fn a_scope_that_was_taken_away_is_said() {
    let account = Account::connected();
    let work = [account.add_calendar_as("Work", "owner")];
    account.steer("POST", "grants/narrow", &json!({"scopes": ["calendar.calendarlist.readonly"]}));
    account.calendars.calendars().await.expect("calendars");
    let failure = account.calendars.busy(&work, november(BusyPolicy::default())).await.expect_err("no access");
    assert!(matches!(&failure, CalendarFailure::Unauthorized(words) if words.contains("tick")), "{failure:?}");
}
