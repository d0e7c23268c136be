//! Failures, and their reports.

use crate::{client, client_with, post, token};
use contract_slack::{Slack, seed};
use knock_model::Millis;
use knock_slack::{Broken, RefusalKind};
use serde_json::{Value, json};
use std::time::Duration;

/// The timeout for a response that never comes.
const IMPATIENCE: Duration = Duration::from_secs(1);

/// The result of a post with this script, and the number of messages after it.
async fn posted(script: Value) -> (RefusalKind, usize) {
    let slack = Slack::start();
    slack.control("POST", "faults", &script);
    let is_silent = ["timeout", "hang", "slow"].iter().any(|fault| script["do"] == *fault);
    let client_now = if is_silent { client_with(&slack, IMPATIENCE) } else { client(&slack) };
    let refused = client_now.post(&token(), &post(seed::GENERAL, "secret text")).await.expect_err("a refusal");
    assert!(!refused.words.contains("secret") && !refused.words.contains("xoxb"), "{refused:?}");
    assert!(client(&slack).post(&token(), &post(seed::GENERAL, "hi")).await.is_ok());
    (refused.kind, slack.messages().len() - 1)
}

#[tokio::test]
async fn faults_say_whether_to_try_again() {
    let later = RefusalKind::Retry(None);
    let seven = RefusalKind::Retry(Some(Millis(7_000)));
    for (script, kind, count) in [
        (json!({ "do": "rate_limit", "retry_after": 7 }), seven, 0),
        (json!({ "do": "status", "status": 503 }), later.clone(), 0),
        (json!({ "do": "error", "error": "fatal_error" }), later.clone(), 0),
        (json!({ "do": "error", "error": "msg_too_long" }), RefusalKind::Rejected, 0),
        (json!({ "do": "garbage" }), later.clone(), 0),
        (json!({ "do": "timeout" }), later.clone(), 0),
        (json!({ "do": "drop" }), later.clone(), 0),
        // Whether it was done is not known then.
        (json!({ "do": "lose_answer" }), later.clone(), 1),
        (json!({ "do": "hang" }), later.clone(), 1),
        (json!({ "do": "slow", "millis": 4_000 }), later, 1),
    ] {
        assert_eq!(posted(script.clone()).await, (kind, count), "{script}");
    }
}

#[tokio::test]
async fn what_a_person_has_to_mend_is_named() {
    let (slack, token) = (Slack::start(), token());
    let client = client(&slack);
    let posting = async |channel: &str| {
        let refused = client.post(&token, &post(channel, "hi")).await;
        refused.expect_err("a refusal").broken().cloned()
    };
    assert_eq!(posting(seed::LEADS).await, Some(Broken::NotInChannel));
    assert_eq!(posting(seed::ARCHIVED).await, Some(Broken::ChannelGone));
    assert_eq!(posting(seed::SECRET).await, Some(Broken::ChannelUnknown));
    slack.control("POST", "channel", &json!({ "channel": seed::GENERAL, "do": "remove" }));
    assert_eq!(posting(seed::GENERAL).await, Some(Broken::NotInChannel));
    slack.control("POST", "token", &json!({ "without": "chat:write" }));
    assert_eq!(posting(seed::PRIVATE).await, Some(Broken::MissingScope("chat:write".into())));
    slack.control("POST", "token", &json!({ "without": "groups:read" }));
    let listed = client.conversations(&token, None).await.expect_err("a refusal");
    assert_eq!(listed.broken(), Some(&Broken::MissingScope("groups:read".into())));
    slack.control("POST", "token", &json!({ "state": "revoked" }));
    assert_eq!(posting(seed::PRIVATE).await, Some(Broken::Token));
    slack.control("POST", "uninstall", &json!({}));
    assert_eq!(posting(seed::PRIVATE).await, Some(Broken::Token));
    assert!(slack.messages().is_empty());
}

#[tokio::test]
async fn an_outage_is_later() {
    let slack = Slack::start();
    for status in [503, 0] {
        slack.control("PUT", "outage", &json!({ "on": true, "status": status }));
        let refused = client(&slack).auth_test(&token()).await.expect_err("an outage");
        assert_eq!(refused.kind, RefusalKind::Retry(None), "{refused:?}");
    }
    slack.control("PUT", "outage", &json!({ "on": false }));
    assert!(client(&slack).auth_test(&token()).await.is_ok());
}

#[tokio::test]
async fn a_revoked_token_is_worth_nothing() {
    let slack = Slack::start();
    client(&slack).revoke(&token()).await.expect("it is taken");
    let refused = client(&slack).auth_test(&token()).await.expect_err("it is worth nothing");
    assert_eq!(refused.broken(), Some(&Broken::Token));
}
