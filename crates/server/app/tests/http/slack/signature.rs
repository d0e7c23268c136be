//! Only requests with Slack's signature are accepted.

use super::Office;
use crate::support::Knock;
use contract_slack::seed;
use serde_json::{Value, json};

const PATHS: [&str; 3] = ["/hooks/slack/events", "/hooks/slack/actions", "/hooks/slack/commands"];

#[test]
fn what_is_not_signed_is_refused_before_it_is_read() {
    let office = Office::configured();
    for path in PATHS {
        let reply = office.knock.send("POST", path, &[("content-type", "application/json")], Some(b"not json"));
        assert_eq!(reply.code, 401, "{path}");
        assert_eq!(reply.body["type"], "urn:knock:problem:signature");
    }
    let bare = Knock::start();
    assert_eq!(bare.send("POST", PATHS[0], &[], Some(b"{}")).code, 401);
}

#[test]
fn wrong_stale_and_future_signatures_are_refused() {
    let office = Office::configured();
    let verify = || office.slack.control("POST", "verify", &json!({"challenge": "heron"}));
    let answer = verify();
    assert_eq!((&answer["status"], challenge(&answer)), (&json!(200), json!("heron")), "{answer}");
    let minutes = |minutes: i64| minutes * 60_000;
    for delivery in [json!({"secret": "granite"}), json!({"skew": -minutes(6)}), json!({"skew": minutes(6)})] {
        office.slack.control("PUT", "delivery", &delivery);
        assert_eq!(verify()["status"], 401, "{delivery}");
        office.slack.control("PUT", "delivery", &json!({"secret": seed::SIGNING_SECRET, "skew": 0}));
    }
    assert_eq!(verify()["status"], 200);
}

/// The challenge of a response, whose body is JSON.
fn challenge(answer: &Value) -> Value {
    match &answer["body"] {
        Value::String(text) => serde_json::from_str::<Value>(text).expect("JSON")["challenge"].clone(),
        body => body["challenge"].clone(),
    }
}
