//! The types of events with their samples, and samples sent on request.

use super::Sender;
use knock_model::EventType;
use knock_testing::{Answer, Receiver};
use serde_json::{Value, json};

fn listed(sender: &Sender) -> Vec<Value> {
    let reply = sender.knock.get("/api/v1/webhooks/events", &sender.key);
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body["events"].as_array().expect("a list").clone()
}

#[test]
fn every_event_is_listed_with_its_meaning_and_a_complete_sample() {
    let sender = Sender::start();
    let events = listed(&sender);
    let types: Vec<&str> = events.iter().map(|event| event["type"].as_str().expect("a type")).collect();
    assert_eq!(types, EventType::ALL.iter().map(|event| event.as_str()).collect::<Vec<_>>());
    for event in &events {
        assert!(event["description"].as_str().is_some_and(|words| words.ends_with('.')), "{event}");
        let sample = &event["sample"];
        assert_eq!((&sample["type"], &sample["sample"]), (&event["type"], &json!(true)));
        assert!(sample["at"].is_i64() && sample["sequence"].is_i64() && sample["data"].is_object(), "{sample}");
    }
    let ingest = sender.knock.key("ingest");
    assert_eq!(sender.knock.get("/api/v1/webhooks/events", &ingest).code, 403);
    assert_eq!(sender.knock.send("GET", "/api/v1/webhooks/events", &[], None).code, 401);
}

#[test]
fn a_sample_of_every_event_arrives_signed_marked_and_as_it_is_listed() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    // It need not be subscribed to the event: a receiver is built before it is switched on.
    let webhook = sender.add(&receiver.url("/"), &["webhook.test"]);
    let path = format!("/api/v1/webhooks/{}/sample", webhook["id"].as_str().expect("an id"));
    let events = listed(&sender);
    for event in &events {
        assert_eq!(sender.ask("POST", &path, &json!({"event": event["type"]})).code, 202, "{event}");
    }
    let heard = receiver.count(events.len());
    let verifier = standardwebhooks::Webhook::new(webhook["signing_secret"].as_str().expect("a secret"));
    let verifier = verifier.expect("a secret");
    for (event, request) in events.iter().zip(&heard) {
        verifier.verify(request.text.as_bytes(), &request.headers).expect("signed");
        let body = request.body();
        assert_eq!((&body["type"], &body["sample"]), (&event["type"], &json!(true)));
        assert_eq!(body["data"], event["sample"]["data"]);
    }
    let deliveries = sender.until(&webhook["id"], |all| all.iter().all(|one| one["state"] == "delivered"));
    assert_eq!(deliveries.len(), events.len());
    assert!(deliveries.iter().all(|one| one["is_sample"] == true), "{deliveries:?}");
    sender.test(&webhook["id"]);
    let all = sender.until(&webhook["id"], |all| all.len() > events.len());
    assert_eq!(all[events.len()]["is_sample"], Value::Null, "a test is no sample");
}

#[test]
fn a_sample_needs_a_webhook_and_a_known_event() {
    let sender = Sender::start();
    let webhook = sender.add("https://example.com/", &["webhook.test"]);
    let path = format!("/api/v1/webhooks/{}/sample", webhook["id"].as_str().expect("an id"));
    let unknown = sender.ask("POST", &path, &json!({"event": "chat.opened"}));
    assert_eq!((unknown.code, &unknown.body["errors"][0]["pointer"]), (400, &json!("/event")));
    let gone = "/api/v1/webhooks/0e000000-0000-4000-8000-000000000001/sample";
    assert_eq!(sender.ask("POST", gone, &json!({"event": "chat.assigned"})).code, 404);
}
